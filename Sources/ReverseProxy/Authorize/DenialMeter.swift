public import Diagnostics

/// Counts what the proxy refuses, by reason code.
public struct DenialMeter: Sendable {
  private let table: CounterTable

  private static let denials = MetricDefinition(
    .counter, "sallyport_proxy_denials",
    "Requests that the proxy did not let through, by reason code.", labels: ["reason"])

  private static let places = Dictionary(
    uniqueKeysWithValues: ReasonCode.allCases.enumerated().map { ($1, $0) })

  /// A meter in a registry.
  public init(_ registry: MetricRegistry) {
    table = registry.table(
      Self.denials, varying: ReasonCode.allCases.map(\.rawValue), sparse: true)
  }

  /// A meter that nobody reads.
  public init() { self.init(MetricRegistry()) }

  func count(_ reason: ReasonCode) {
    table.add(Self.places[reason] ?? -1)
  }
}
