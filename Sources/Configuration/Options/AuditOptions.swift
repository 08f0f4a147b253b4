internal import JSON

/// How many decisions each event loop keeps, newest first to last; refusals have room of their own.
public struct DecisionOptions: Sendable, Equatable {
  /// Refusals.
  public let refused: Int
  /// Issued tokens.
  public let issued: Int
  /// Requests that passed.
  public let passed: Int
}

extension DecisionOptions {
  static let codec: Codec<DecisionOptions> = .section(
    Section(
      "How many of the last decisions each event loop keeps in memory, each near half a KiB.",
      Field("refused", .integer(0...1_000_000), default: 4096, "Refused and failed requests."),
      Field("issued", .integer(0...1_000_000), default: 1024, "Token requests that got a token."),
      Field("passed", .integer(0...1_000_000), default: 1024, "All others."),
      build: DecisionOptions.init))
}

/// Where the audit log goes.
public struct AuditOptions: Sendable, Equatable {
  /// The absolute path of the file; nil for standard error.
  public let file: String?
}

extension AuditOptions {
  static let codec: Codec<AuditOptions> = .section(
    Section(
      "The audit log: one JSON object a line. SIGHUP opens the file anew.",
      .optional(
        "file", .path("audit.log"),
        "The file, made for its owner alone if need be; without it standard error."),
      build: AuditOptions.init))
}
