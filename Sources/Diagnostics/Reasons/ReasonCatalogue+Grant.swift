extension ReasonCatalogue {
  static let grant = ReasonArea(
    "grant", "Grants",
    "Why a grant is not given.",
    [
      ReasonEntry(
        .grantUnknown, "No such grant", shownAs: [.unsupportedGrantType],
        means: "No loaded plugin offers this `grant_type`.",
        remedy: "Mend the `grant_type`, or load the plugin that offers it (`plugins.grants`)."),
      ReasonEntry(
        .grantNotRegistered, "Grant not allowed for this client", shownAs: [.unauthorizedClient],
        means: "The grant is offered, and this client is not registered for it.",
        remedy: "Add it to the client's `grantTypes`."),
      ReasonEntry(
        .grantConfidentialOnly, "Not for public clients", shownAs: [.unauthorizedClient],
        means: "The grant takes only clients that have a secret.",
        remedy: "Make the client confidential, or use another grant."),
      ReasonEntry(
        .grantDenied, "The grant said no",
        shownAs: [
          .invalidRequest, .invalidClient, .invalidGrant, .unauthorizedClient, .invalidScope,
          .invalidTarget, .accessDenied, .authorizationPending, .slowDown, .expiredToken,
          .serverError, .temporarilyUnavailable,
        ],
        means: "The plugin looked at the request and denied it; its own words stand in the detail.",
        remedy: "Read the detail; the plugin's documentation explains it."),
    ])
}
