public import Diagnostics
public import Transport

/// A server that requests are sent to, and how long it may take.
///
/// Immutable; each loop keeps its own connections to it.
public final class Upstream: Sendable {
  /// Every bound on waiting for an upstream and on keeping its connections.
  public struct Limits: Sendable, Equatable {
    /// Until a connection is established, TLS included.
    public var connectTimeout = Lifetime.seconds(5)
    /// From the end of the request to the first byte of the answer.
    public var firstByteTimeout = Lifetime.seconds(60)
    /// Between two reads of an answer, and without the upstream taking a byte of the request.
    public var readTimeout = Lifetime.seconds(60)
    /// How long a connection is kept without a request.
    public var idleTimeout = Lifetime.seconds(60)
    /// Connections kept without a request, on each loop.
    public var idleConnections = 64
    /// Connections in all, on each loop.
    public var connections = 1024

    /// The defaults.
    public init() {}
  }

  /// The name in logs.
  public let name: String
  /// The addresses, tried in order.
  public let addresses: [SocketAddress]
  /// How to speak TLS to it; nil for plain HTTP.
  public let tls: TLSContext?
  /// The host that its certificate must name.
  public let host: String
  /// Its limits.
  public let limits: Limits
  /// What counts its requests.
  public let meter: UpstreamMeter

  /// Where it is, by OpenTelemetry's names.
  public var serverFields: [LogField] {
    guard let first = addresses.first else { return [] }
    let literal = first.description.dropLast("\(first.port)".count + 1)
    return [
      LogField("server.address", host.isEmpty ? String(literal) : host),
      LogField("server.port", Int(first.port)),
    ]
  }

  /// An upstream of one or more addresses.
  public init(
    name: String, addresses: [SocketAddress], tls: TLSContext? = nil, host: String = "",
    limits: Limits = Limits(), meter: UpstreamMeter = UpstreamMeter()
  ) {
    precondition(!addresses.isEmpty, "an upstream has an address")
    self.name = name
    self.addresses = addresses
    self.tls = tls
    self.host = host
    self.limits = limits
    self.meter = meter
  }
}
