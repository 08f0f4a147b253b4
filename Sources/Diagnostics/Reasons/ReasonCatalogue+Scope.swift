extension ReasonCatalogue {
  static let scope = ReasonArea(
    "scope", "Scopes",
    "Why scopes are not given.",
    [
      ReasonEntry(
        .scopeMalformed, "Scope malformed", shownAs: [.invalidScope],
        means: """
          `scope` is not a list of scopes divided by single spaces (RFC 6749 3.3), or has too \
          many.
          """,
        remedy: "Send only what the resource documents."),
      ReasonEntry(
        .scopeUnknown, "Unknown scope", shownAs: [.invalidScope],
        means: "No entry of `resources` has this scope.",
        remedy: "Mend the scope, or add it to its resource in the config."),
      ReasonEntry(
        .scopeNotRegistered, "Scope not allowed for this client", shownAs: [.invalidScope],
        means: "The scope exists, and this client is not registered for it.",
        remedy: "Add it to the client's `scopes`, or do not ask for it."),
      ReasonEntry(
        .scopeNone, "Nothing left to give", shownAs: [.invalidScope],
        means: """
          What the client asked for, what it is registered for and what the grant allows have no \
          scope in common.
          """,
        remedy: "Ask for scopes that the client is registered for."),
    ])
}
