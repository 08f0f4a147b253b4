extension ReasonCatalogue {
  static let admin = ReasonArea(
    "admin", "The admin API",
    """
    Why an administrative request is refused. The answer says the same as the log: who asks here \
    may know.
    """,
    [
      ReasonEntry(
        .adminMalformed, "Request malformed", shownAs: [.badRequest],
        means: "The request cannot be read, or asks for what this instance does not have.",
        remedy: "Read the detail; it says what was expected."),
      ReasonEntry(
        .adminMediaType, "Not JSON", shownAs: [.unsupportedMediaType],
        means: "The content is not said to be JSON. A web page could send anything else unasked.",
        remedy: "Send `Content-Type: application/json`."),
      ReasonEntry(
        .adminMissing, "No such thing", shownAs: [.notFound],
        means: "What the request names does not exist.",
        remedy: "List what there is."),
      ReasonEntry(
        .adminConflict, "Conflict", shownAs: [.conflict],
        means: "It exists already, is the config's, or has changed meanwhile.",
        remedy: "Look at its present state."),
      ReasonEntry(
        .adminForbidden, "Not allowed", shownAs: [.forbidden],
        means: "The peer is neither the user that runs the program nor root.",
        remedy: "Run the command as that user."),
      ReasonEntry(
        .adminUnavailable, "Out of reach", shownAs: [.serviceUnavailable],
        means: "Storage or a key is out of reach, or too much waits.",
        remedy: "Look at `/health/ready`, and try again."),
    ])
}
