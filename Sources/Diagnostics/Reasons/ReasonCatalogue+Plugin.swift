extension ReasonCatalogue {
  static let plugin = ReasonArea(
    "plugin", "Plugins: answers",
    """
    How a plugin's answer breaks its contract. The request that waited for it fails; the detail \
    names the plugin.
    """,
    [
      ReasonEntry(
        .pluginNoAnswer, "No answer", shownAs: [.serverError],
        means: "The call returned and the plugin had answered nothing.",
        remedy: "Mend the plugin: it must answer each call once."),
      ReasonEntry(
        .pluginAnsweredTwice, "Two answers", shownAs: [.serverError],
        means: "The plugin answered the same call twice.",
        remedy: "Mend the plugin."),
      ReasonEntry(
        .pluginDeadline, "Too late", shownAs: [.serverError, .temporarilyUnavailable],
        means: "The plugin did not answer before the call's deadline.",
        remedy: "Look what it waits for. Its thread stays with it until it returns."),
      ReasonEntry(
        .pluginNotUTF8, "Not UTF-8", shownAs: [.serverError],
        means: "A text of the answer is not UTF-8.",
        remedy: "Mend the plugin."),
      ReasonEntry(
        .pluginTooLarge, "Answer too large", shownAs: [.serverError],
        means: "A part of the answer is over its limit.",
        remedy: "Mend the plugin."),
      ReasonEntry(
        .pluginMalformedAnswer, "Answer malformed", shownAs: [.serverError],
        means: "A member of the answer breaks a rule of the plugin header.",
        remedy: "Mend the plugin; the detail names the member."),
      ReasonEntry(
        .pluginReservedName, "Reserved name", shownAs: [.serverError],
        means: "The answer sets a claim or response member that only the host sets.",
        remedy: "Have the plugin use another name."),
      ReasonEntry(
        .pluginReservedClaim, "Reserved claim", shownAs: [.serverError],
        means: "The decision sets a claim that belongs to the core.",
        remedy: "Have the plugin use another name."),
      ReasonEntry(
        .pluginNotGranted, "Capability not granted", shownAs: [.serverError],
        means: "The plugin used a capability that its config entry does not grant.",
        remedy: "Grant it in `capabilities`, if you trust the plugin with it."),
      ReasonEntry(
        .pluginUnsupportedAnswer, "Answer not supported", shownAs: [.serverError],
        means: "The plugin asks for something that this version does not do.",
        remedy: "Use a newer Sallyport or an older plugin."),
      ReasonEntry(
        .pluginUnhealthy, "Plugin is stuck", shownAs: [.temporarilyUnavailable],
        means: "Too many calls of the plugin have not returned; it is not asked for now.",
        remedy: "Find out what it waits for; restart, if it does not come back by itself."),
    ])
}
