public import JSON

/// The shared libraries to load.
public struct PluginsOptions: Sendable {
  /// The folder to find them in; `nil` for the usual places.
  public let directory: String?
  /// The grants.
  public let grants: [PluginOptions]
  /// The storage; `nil` where nothing is stored.
  public let storage: PluginOptions?
}

extension PluginsOptions {
  static let codec: Codec<PluginsOptions> = .section(
    Section(
      "Shared libraries, each named by what it is in the folder or by its path.",
      .optional(
        "directory", .path("plugins"),
        "The folder of the libraries; else the folder of the program, then `../lib/sallyport/"
          + "plugins` from there."),
      Field(
        "grants", .list(of: PluginOptions.grant, count: 0...64), default: [], shown: true,
        "The grants."),
      .optional(
        "storage", PluginOptions.storage, shown: true,
        "The storage. Required where a listener serves the authorization server."),
      build: PluginsOptions.init))
}

/// One entry of the plugins: a library, what it may do, and its own configuration.
public struct PluginOptions: Sendable {
  /// The name in the folder, such as `grant-client-credentials`, or an absolute path.
  public let load: String
  /// The SHA-256 that the file must have: 32 bytes.
  public let sha256: [UInt8]?
  /// What the library may ask of the host.
  public let capabilities: [String]
  /// Whether a grant that says it decides from the request alone is believed.
  public let isTrustedAsPure: Bool
  /// What the library is told.
  public let config: PluginConfig
  /// Where the entry stands.
  public let position: SourcePosition
}

extension PluginOptions {
  static let grant: Codec<PluginOptions> = .section(
    Section(
      "A shared library that offers a grant.",
      Field("load", .library, Self.loadDocumentation),
      .optional("sha256", .sha256, Self.digestDocumentation),
      Field("capabilities", .set(of: .capability), default: [], Self.capabilityDocumentation),
      Field(
        "pure", .bool, default: false,
        "Whether to believe the grant if it says that it decides from the request alone; then it "
          + "runs on the event loop, where it must not wait."),
      Field("config", .pluginConfig, default: [:], Self.configDocumentation),
      .position,
      build: PluginOptions.init))

  static let storage: Codec<PluginOptions> = .section(
    Section(
      "A shared library that offers a storage.",
      Field("load", .library.example("storage-sqlite"), Self.loadDocumentation),
      .optional("sha256", .sha256, Self.digestDocumentation),
      Field("capabilities", .set(of: .capability), default: [], Self.capabilityDocumentation),
      Field(
        "config", .pluginConfig.example(["path": "sallyport.db"]), default: [:], shown: true,
        Self.configDocumentation),
      .position,
      build: {
        PluginOptions(
          load: $0, sha256: $1, capabilities: $2, isTrustedAsPure: false, config: $3, position: $4)
      }))

  private static let loadDocumentation =
    "The library: a name, for `lib<name>.so` in the folder, or a path with a slash."
  private static let digestDocumentation =
    "The SHA-256 that the file must have, in 64 hexadecimal digits."
  private static let capabilityDocumentation = "What the library may ask of the host."
  private static let configDocumentation =
    "What the library is told; checked against the schema that it brings. `{ env }` and `{ file }` "
    + "are resolved."
}

extension Codec where Value == String {
  /// The name or path of a library.
  fileprivate static var library: Codec {
    .text(
      "the name of a plugin, or a path that holds a \"/\"", example: "grant-client-credentials",
      longest: 4096
    ) { text, reading in
      guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
      return text.contains("/") ? reading.surroundings.absolute(text) : text
    }
  }

  /// A service of the host that an entry grants.
  fileprivate static var capability: Codec {
    .choice(among: ["log", "metrics", "random", "state", "assert_subject"].map { ($0, $0) })
  }
}

extension Codec where Value == [UInt8] {
  /// A SHA-256 digest.
  fileprivate static var sha256: Codec {
    .text(
      "64 hexadecimal digits",
      example: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", longest: 64
    ) { text, _ in
      text.utf8.count == 64 ? Hexadecimal.parse(Array(text.utf8)) : nil
    }
  }
}
