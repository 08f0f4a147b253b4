public import Diagnostics
internal import JSON

/// Bounds on what a stranger can make the gateway hold or wait for.
public struct LimitsOptions: Sendable, Equatable {
  /// Bytes of request line and fields together.
  public let headBytes: Int
  /// Bytes of the request target.
  public let targetBytes: Int
  /// Field lines in a head or a trailer.
  public let fieldCount: Int
  /// Bytes of one field line.
  public let fieldBytes: Int
  /// Bytes of content that an endpoint takes.
  public let bodyBytes: Int
  /// Bytes of content that the proxy passes on; 0 for no limit.
  public let streamedBodyBytes: Int
  /// Connections open at once.
  public let connections: Int
  /// Requests on one connection.
  public let requestsPerConnection: Int
  /// From the first byte of a head to its last.
  public let headTimeout: Lifetime
  /// Between two requests of a connection, and before the first.
  public let idleTimeout: Lifetime
  /// Without a byte of the content that is due.
  public let bodyTimeout: Lifetime
  /// Bytes a second that content must come with on average.
  public let bodyRate: Int
  /// Without a byte leaving while the client does not read.
  public let stallTimeout: Lifetime
  /// From the end of a request to the endpoint's answer.
  public let answerTimeout: Lifetime
  /// For how long a connection is still read after its last answer.
  public let lingerTimeout: Lifetime
  /// For how long requests in flight may go on when the program is told to end.
  public let drainTimeout: Lifetime
  /// Verified tokens that one event loop remembers.
  public let cachedTokens: Int
  /// Bytes, roughly, that those take.
  public let cachedTokenBytes: Int
  /// For how long storage's word about an opaque token is believed.
  public let cachedOpaqueTime: Lifetime
}

extension LimitsOptions {
  static let codec: Codec<LimitsOptions> = .section(
    Section(
      "Bounds on what a stranger can make the gateway hold or wait for.",
      Field(
        "headBytes", .size(256...32_768), default: "32KiB",
        "Request line and fields together; more is 431."),
      Field("targetBytes", .size(64...32_768), default: "8KiB", "The request target; more is 414."),
      Field(
        "fieldCount", .integer(1...1000), default: 100,
        "Field lines in a head or a trailer; more is 431."),
      Field("fieldBytes", .size(64...32_768), default: "16KiB", "One field line; more is 431."),
      Field(
        "bodyBytes", .size(1...(64 << 20)), default: "1MiB",
        "Content that an endpoint takes, whatever it describes; more is 413."),
      Field(
        "streamedBodyBytes", .size(0...(1 << 50)), default: "0B",
        "Content that the proxy passes on; more is 413; `0B` for no limit."),
      Field(
        "connections", .integer(1...1_000_000), default: 16_384,
        "Connections open at once, on all loops together; more are answered 503."),
      Field(
        "requestsPerConnection", .integer(1...1_000_000_000), default: 100_000,
        "Requests on one connection; the last is answered with `Connection: close`."),
      Field(
        "headTimeout", .lifetime("100ms", "10m"), default: "10s",
        "From the first byte of a head to its last; longer is 408."),
      Field(
        "idleTimeout", .lifetime("100ms", "1h"), default: "75s",
        "Between two requests of a connection, and before the first."),
      Field(
        "bodyTimeout", .lifetime("100ms", "1h"), default: "20s",
        "Without a byte of the content that is due; longer is 408."),
      Field(
        "bodyRate", .integer(0...1_000_000_000), default: 240,
        "Bytes a second that content must come with on average after `bodyTimeout`; slower is 408."
      ),
      Field(
        "stallTimeout", .lifetime("100ms", "1h"), default: "30s",
        "Without a byte leaving while the client does not read; longer and the connection is cut."),
      Field(
        "answerTimeout", .lifetime("100ms", "1h"), default: "30s",
        "From the end of a request to the endpoint's answer; longer is 503."),
      Field(
        "lingerTimeout", .lifetime("0s", "1m"), default: "2s",
        "For how long a connection is still read after its last answer, so that the answer "
          + "arrives."),
      Field(
        "drainTimeout", .lifetime("0s", "1h"), default: "30s",
        "For how long requests in flight may go on when the program is told to end."),
      Field(
        "cachedTokens", .integer(0...10_000_000), default: 131_072,
        "Verified tokens that each event loop remembers; beyond it one that ends soon gives way."),
      Field(
        "cachedTokenBytes", .size(0...(1 << 40)), default: "128MiB",
        "What those take, roughly, on each event loop; beyond it one that ends soon gives way."),
      Field(
        "cachedOpaqueTime", .lifetime("0s", "1d"), default: "5m",
        "For how long storage's word about an opaque token is believed, as long as revocations "
          + "arrive; else for a second."),
      build: LimitsOptions.init))
}
