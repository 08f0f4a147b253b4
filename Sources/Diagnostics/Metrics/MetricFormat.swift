/// The two texts in which metrics are scraped.
public enum MetricFormat: Sendable, Equatable {
  /// Prometheus' own text, version 0.0.4.
  case prometheus
  /// OpenMetrics 1.0.
  case openMetrics

  /// The media type of an answer.
  public var contentType: StaticString {
    switch self {
    case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// The format that an `Accept` field prefers; without one, or with no other wish, Prometheus'.
  public init(accept: String?) {
    var best: (format: MetricFormat, weight: Int) = (.prometheus, 0)
    for range in (accept ?? "").split(separator: ",") {
      let parts = range.split(separator: ";").map(Self.trimmed)
      guard let type = parts.first, let format = Self.format(type, parts.dropFirst()) else {
        continue
      }
      let weight = Self.weight(parts.dropFirst())
      if weight > best.weight { best = (format, weight) }
    }
    self = best.format
  }

  private static func format(_ type: String, _ parameters: ArraySlice<String>) -> MetricFormat? {
    switch type.lowercased() {
    case "application/openmetrics-text":
      let version = parameters.first { $0.hasPrefix("version=") }
      return version == nil || version == "version=1.0.0" ? .openMetrics : nil
    case "text/plain", "text/*", "*/*": return .prometheus
    default: return nil
    }
  }

  /// The `q` of a media range in thousandths (RFC 9110 12.4.2); what cannot be read is no wish.
  private static func weight(_ parameters: ArraySlice<String>) -> Int {
    guard let text = parameters.first(where: { $0.hasPrefix("q=") })?.dropFirst(2) else {
      return 1000
    }
    guard let value = Double(text), (0...1).contains(value) else { return 0 }
    return Int(value * 1000)
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
