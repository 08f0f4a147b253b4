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
  /// How many decisions are kept for whoever asks.
  public let decisions: DecisionOptions
  /// Where the audit log goes; nil for nowhere.
  public let audit: AuditOptions?
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
      Field(
        "decisions", DecisionOptions.codec, default: [:],
        "What `sallyport explain` can tell of."),
      .optional("audit", AuditOptions.codec, "Who did what, in a stream of its own."),
      build: LogOptions.init))
}
