public import Diagnostics
internal import JSON

/// What is logged, and how.
public struct LogOptions: Sendable, Equatable {
  /// The quietest lines that are written.
  public let level: LogLevel
  /// The form of a line.
  public let format: LogFormat
  /// Whether each request has a line.
  public let access: Bool
}

extension LogOptions {
  static let codec: Codec<LogOptions> = .section(
    Section(
      "The log goes to standard error.",
      Field(
        "level", .choice(among: LogLevel.allCases.map { ($0.name, $0) }), default: "info",
        "The quietest lines that are written."),
      Field(
        "format", .choice(among: [("text", LogFormat.text), ("json", .json)]), default: "text",
        "`text` for people, `json` for programs."),
      Field("access", .bool, default: true, "Whether each request has a line."),
      build: LogOptions.init))
}

/// The door of the commands.
public struct AdminOptions: Sendable {
  /// The path of the unix socket; absolute.
  public let socket: String
}

/// The door as it stands, before the state folder is known.
struct AdminDraft: Sendable {
  let socket: String?
}

extension AdminOptions {
  /// The longest path that the kernel takes for a unix socket.
  static let longestSocketPath = 107

  static let codec: Codec<AdminDraft> = .section(
    Section(
      "The door of the commands: a unix socket that only our own user and root may use.",
      .optional(
        "socket", .path("state/admin.sock"),
        "Its path, at most \(longestSocketPath) bytes when absolute; else `admin.sock` in the "
          + "state folder."),
      build: AdminDraft.init))
}
