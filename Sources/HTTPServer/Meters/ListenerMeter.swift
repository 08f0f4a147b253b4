public import Diagnostics

/// Counts what happens at one listener, on all loops.
public final class ListenerMeter: Sendable {
  private let registry: MetricRegistry
  /// The listener's name in labels.
  public let listener: String
  let connections: Gauge
  let accepted: Counter
  let refused: Counter
  let received: Counter
  let sent: Counter
  let handshakes: CounterTable
  /// Requests that no endpoint and no route took.
  let unrouted: RequestMeter

  /// How a TLS handshake ended.
  enum Handshake: Int, CaseIterable {
    case full
    case resumed
    case failed
  }

  static let connections = MetricDefinition(
    .gauge, "sallyport_http_connections", "Connections open now.", labels: ["listener"])
  static let accepted = MetricDefinition(
    .counter, "sallyport_http_connections_accepted", "Connections taken.", labels: ["listener"])
  static let refused = MetricDefinition(
    .counter, "sallyport_http_connections_refused",
    "Connections answered 503 at once, since limits.connections were open.", labels: ["listener"])
  static let received = MetricDefinition(
    .counter, "sallyport_http_received_bytes",
    "Bytes from clients on the wire, TLS included; counted as each request ends.",
    labels: ["listener"])
  static let sent = MetricDefinition(
    .counter, "sallyport_http_sent_bytes",
    "Bytes to clients on the wire, TLS included; counted as each request ends.",
    labels: ["listener"])
  static let handshakes = MetricDefinition(
    .counter, "sallyport_tls_handshakes", "TLS handshakes with clients.",
    labels: ["listener", "result"])

  /// A meter of the listener of that name.
  public init(_ registry: MetricRegistry, listener: String) {
    self.registry = registry
    self.listener = listener
    connections = registry.gauge(Self.connections, listener)
    accepted = registry.counter(Self.accepted, listener)
    refused = registry.counter(Self.refused, listener)
    received = registry.counter(Self.received, listener)
    sent = registry.counter(Self.sent, listener)
    handshakes = registry.table(
      Self.handshakes, [listener], varying: Handshake.allCases.map { "\($0)" }, sparse: true)
    unrouted = RequestMeter(registry, listener: listener, handler: "none")
  }

  /// A meter that nobody reads.
  public convenience init() { self.init(MetricRegistry(), listener: "") }

  func count(_ handshake: Handshake) { handshakes.add(handshake.rawValue) }

  /// The meter of an endpoint's path or a route's name.
  public func handler(_ name: String) -> RequestMeter {
    RequestMeter(registry, listener: listener, handler: name)
  }
}
