extension ReasonCatalogue {
  static let loading = ReasonArea(
    "loading", "Plugins: loading",
    "Why a plugin is not loaded. These end a start or refuse a reload; no request ever sees them.",
    [
      ReasonEntry(
        .pluginNotFound, "Not found", shownAs: [],
        means: "No such file where plugins are looked for.",
        remedy: "Build it, or set `plugins.directory` or a path in `load`."),
      ReasonEntry(
        .pluginUnreadable, "Cannot be read", shownAs: [],
        means: "The file cannot be opened or read.",
        remedy: "Make it readable for the user that runs the program."),
      ReasonEntry(
        .pluginNotRegularFile, "No regular file", shownAs: [],
        means: "It is a folder, a device or the like.",
        remedy: "Name the library itself."),
      ReasonEntry(
        .pluginWrongOwner, "Wrong owner", shownAs: [],
        means: """
          The file, or a folder on the way to it, belongs to somebody who is neither root nor this \
          user.
          """,
        remedy: "Change its owner."),
      ReasonEntry(
        .pluginWritableByOthers, "Writable by others", shownAs: [],
        means: "Group or others may change the file, or a folder on the way to it.",
        remedy: "Run `chmod go-w` on it."),
      ReasonEntry(
        .pluginWrongSHA256, "Wrong digest", shownAs: [],
        means: "The file is not the one that `sha256` names.",
        remedy: "Install the right file, or mend `sha256`."),
      ReasonEntry(
        .pluginChangedInPlace, "Changed in place", shownAs: [],
        means: "The file is loaded and has been written over since.",
        remedy: "Restart, and install new builds by renaming them into place."),
      ReasonEntry(
        .pluginNotLoadable, "Linker refuses it", shownAs: [],
        means: "The dynamic linker cannot load it.",
        remedy: "Install the libraries that it needs; the message names them."),
      ReasonEntry(
        .pluginNoSymbol, "No plugin", shownAs: [],
        means: "The library does not export `sallyport_plugin`.",
        remedy: "Name a Sallyport plugin."),
      ReasonEntry(
        .pluginDeclined, "Declined", shownAs: [],
        means: "The plugin says that it cannot serve this host.",
        remedy: "Install a build for this version."),
      ReasonEntry(
        .pluginWrongMagic, "Wrong magic", shownAs: [],
        means: "What the symbol returns is no plugin descriptor.",
        remedy: "Rebuild it with `sallyport/plugin.h`."),
      ReasonEntry(
        .pluginWrongMajor, "Other ABI", shownAs: [],
        means: "It was built for an incompatible ABI.",
        remedy: "Rebuild it."),
      ReasonEntry(
        .pluginNewerMinor, "Newer ABI", shownAs: [],
        means: "It needs a newer host.",
        remedy: "Update Sallyport, or install an older plugin."),
      ReasonEntry(
        .pluginTooShort, "Struct too short", shownAs: [],
        means: "A struct or table is smaller than version 1.0 has it.",
        remedy: "Rebuild it."),
      ReasonEntry(
        .pluginMissingFunction, "Function missing", shownAs: [],
        means: "A table lacks a function that it must have.",
        remedy: "Mend the plugin."),
      ReasonEntry(
        .pluginMalformed, "Descriptor malformed", shownAs: [],
        means: "A member of the descriptor or of a declaration breaks a rule of the header.",
        remedy: "Mend the plugin."),
      ReasonEntry(
        .pluginNoOffer, "Offers something else", shownAs: [],
        means: "It offers nothing of the kind that the config entry needs.",
        remedy: "Name another library there."),
      ReasonEntry(
        .pluginConfigurationRefused, "Config refused", shownAs: [],
        means: "The plugin does not take the entry's `config`; each fault has its place.",
        remedy: "Mend the config."),
      ReasonEntry(
        .pluginCreationFailed, "Could not start", shownAs: [],
        means: "The plugin could not make an instance, such as open its database.",
        remedy: "Read what it says."),
    ])
}
