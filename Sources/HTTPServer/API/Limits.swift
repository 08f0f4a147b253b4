public import Diagnostics

/// Every bound on what a stranger can make the server hold or wait for.
public struct Limits: Sendable, Equatable {
  /// Bytes of request line and fields together, at most 32 KiB; more is 431.
  public var headBytes = 32 * 1024
  /// Bytes of the request target; more is 414.
  public var targetBytes = 8 * 1024
  /// Field lines in a head or a trailer; more is 431.
  public var fieldCount = 100
  /// Bytes of one field line; more is 431.
  public var fieldBytes = 16 * 1024
  /// Bytes of content that an endpoint may ask for, whatever it describes; more is 413.
  public var bodyBytes = 1024 * 1024
  /// Bytes of content that the proxy passes on, zero for no limit; more is 413.
  public var streamedBodyBytes: Int64 = 0
  /// Connections open at once in all, on all loops; more are answered 503 and closed.
  public var connections = 16_384
  /// Requests on one connection; the last is answered with `Connection: close`.
  public var requestsPerConnection = 100_000
  /// From the first byte of a head to its last; longer is 408.
  public var headTimeout = Lifetime.seconds(10)
  /// Between two requests of a connection, and before the first.
  public var idleTimeout = Lifetime.seconds(75)
  /// Without a byte of the content that is due; longer is 408.
  public var bodyTimeout = Lifetime.seconds(20)
  /// Bytes a second that content must come with on average after `bodyTimeout`; slower is 408.
  public var bodyRate: Int64 = 240
  /// Without a byte leaving while the client does not read; longer and the connection is cut.
  public var stallTimeout = Lifetime.seconds(30)
  /// From the end of the request to the endpoint's answer; longer is 503.
  public var answerTimeout = Lifetime.seconds(30)
  /// How long a connection whose answer is written still reads what the client goes on sending.
  public var lingerTimeout = Lifetime.seconds(2)

  /// The defaults.
  public init() {}
}
