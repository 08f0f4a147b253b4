public import Diagnostics

/// Counts what happens with one upstream, on all loops.
public struct UpstreamMeter: Sendable {
  private let answers: CounterTable
  private let failures: CounterTable
  private let durations: Histogram
  let connections: Gauge
  let idle: Gauge
  let connects: Counter

  static let answers = MetricDefinition(
    .counter, "sallyport_upstream_responses",
    "Whole answers of upstreams, by class of status.", labels: ["upstream", "status"])
  static let failures = MetricDefinition(
    .counter, "sallyport_upstream_failures",
    "Requests without a whole answer, by reason code; one on a dead kept connection is repeated.",
    labels: ["upstream", "reason"])
  static let durations = MetricDefinition(
    .histogram, "sallyport_upstream_request_duration_seconds",
    "From a request's head to the end of the upstream's answer.", labels: ["upstream"])
  static let connections = MetricDefinition(
    .gauge, "sallyport_upstream_connections", "Connections to an upstream, idle ones included.",
    labels: ["upstream"])
  static let idle = MetricDefinition(
    .gauge, "sallyport_upstream_idle_connections", "Connections kept for the next request.",
    labels: ["upstream"])
  static let connects = MetricDefinition(
    .counter, "sallyport_upstream_connects", "Connections begun.", labels: ["upstream"])

  private static let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]
  private static let reasons = ReasonCode.allCases.filter { $0.rawValue.hasPrefix("upstream.") }

  /// A meter of the upstream of that name.
  public init(_ registry: MetricRegistry, upstream: String) {
    answers = registry.table(Self.answers, [upstream], varying: Self.classes, sparse: true)
    failures = registry.table(
      Self.failures, [upstream], varying: Self.reasons.map(\.rawValue), sparse: true)
    durations = registry.histogram(Self.durations, upstream)
    connections = registry.gauge(Self.connections, upstream)
    idle = registry.gauge(Self.idle, upstream)
    connects = registry.counter(Self.connects, upstream)
  }

  /// A meter that nobody reads.
  public init() { self.init(MetricRegistry(), upstream: "") }

  func count(answer status: Int, microseconds: UInt64) {
    answers.add(min(max(status / 100, 1), Self.classes.count) - 1)
    durations.observe(microseconds: microseconds)
  }

  func count(_ fault: ClientFault) {
    failures.add(Self.reasons.firstIndex(of: fault.code) ?? -1)
  }
}
