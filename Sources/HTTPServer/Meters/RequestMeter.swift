public import Diagnostics
internal import HTTP

/// Counts the requests of one endpoint or route at one listener, and how long they take.
public struct RequestMeter: Sendable {
  private let requests: CounterTable
  private let durations: Histogram

  static let requests = MetricDefinition(
    .counter, "sallyport_http_requests",
    "Requests that ended; a client that left before its answer counts as 4xx.",
    labels: ["listener", "handler", "method", "status"])
  static let durations = MetricDefinition(
    .histogram, "sallyport_http_request_duration_seconds",
    "From a whole head to the end of its answer, streams included.",
    labels: ["listener", "handler"])

  private static let methods = KnownMethod.allCases.map { "\($0)".uppercased() }
  private static let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]

  /// A meter; the handler is an endpoint's path or a route's name.
  public init(_ registry: MetricRegistry, listener: String, handler: String) {
    requests = registry.table(
      Self.requests, [listener, handler], varying: Self.methods, Self.classes, sparse: true)
    durations = registry.histogram(Self.durations, listener, handler)
  }

  func count(_ method: KnownMethod, _ status: Int, microseconds: Int) {
    requests.add(Int(method.rawValue), min(max(status / 100, 1), Self.classes.count) - 1)
    durations.observe(microseconds: UInt64(max(0, microseconds)))
  }
}
