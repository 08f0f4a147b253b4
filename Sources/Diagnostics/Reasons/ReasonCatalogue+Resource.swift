extension ReasonCatalogue {
  static let resource = ReasonArea(
    "resource", "Resources",
    "Why a token for a resource is not given (RFC 8707).",
    [
      ReasonEntry(
        .resourceMalformed, "Resource malformed", shownAs: [.invalidTarget],
        means: "`resource` is not an absolute URI without a fragment.",
        remedy: "Send the resource's identifier as the config has it."),
      ReasonEntry(
        .resourceUnknown, "Unknown resource", shownAs: [.invalidTarget],
        means: "No entry of `resources` has this identifier.",
        remedy: "Mend `resource`, or add the entry."),
      ReasonEntry(
        .resourceSeveral, "More than one resource", shownAs: [.invalidTarget],
        means: "The request names several resources, and a token is for one.",
        remedy: "Make one request for each."),
      ReasonEntry(
        .resourceAmbiguous, "Scopes of several resources", shownAs: [.invalidTarget],
        means: "The scopes belong to several resources and the request names none.",
        remedy: "Send `resource`, or ask for scopes of one resource only."),
      ReasonEntry(
        .resourceScopeMismatch, "Scope of another resource", shownAs: [.invalidTarget],
        means: "A scope does not belong to the resource that the request names.",
        remedy: "Ask for scopes of that resource, or leave `resource` out."),
    ])
}
