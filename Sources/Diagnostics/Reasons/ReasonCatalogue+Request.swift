extension ReasonCatalogue {
  static let request = ReasonArea(
    "request", "Requests to OAuth endpoints",
    "What is wrong with the form of a request.",
    [
      ReasonEntry(
        .requestMalformed, "Request malformed", shownAs: [.invalidRequest],
        means: """
          A parameter is missing, repeated, or contradicts another; the description names it.
          """,
        remedy: "Read `error_description`; it says what was expected."),
      ReasonEntry(
        .requestContentType, "Not a form", shownAs: [.invalidRequest],
        means: "The body's media type is not `application/x-www-form-urlencoded`.",
        remedy: "Send the parameters as a form (`curl -d`), not as JSON."),
      ReasonEntry(
        .requestForm, "Form malformed", shownAs: [.invalidRequest],
        means: """
          The body is not well-formed: a bad percent sign, text that is not UTF-8, or too many \
          parameters.
          """,
        remedy: "Encode each value (`curl --data-urlencode`)."),
    ])
}
