/// What a metric is called, what it counts and by what it is divided.
public struct MetricDefinition: Sendable {
  /// How a metric behaves.
  public enum Kind: String, Sendable {
    /// Only grows, from 0 at the start of the process.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts durations by size.
    case histogram
    /// Always 1: its labels say something.
    case info
  }

  /// The kind.
  public let kind: Kind
  /// The name in base units, without the `_total` of counters and the `_info` of infos.
  public let name: String
  /// One sentence for `# HELP` and the docs.
  public let help: String
  /// The names of its labels; their values come from closed lists or from the config.
  public let labels: [String]

  /// A definition.
  public init(_ kind: Kind, _ name: String, _ help: String, labels: [String] = []) {
    self.kind = kind
    self.name = name
    self.help = help
    self.labels = labels
  }

  /// The base unit that the name ends in, if any.
  var unit: String? { ["seconds", "bytes"].first { name.hasSuffix("_" + $0) } }
}
