public import Configuration

/// Why the gateway does not start, or does not take a new config.
public enum StartFailure: Error, Sendable {
  /// The config, or what it names, every fault with its place: exit code 2.
  case configuration([ConfigurationFault])
  /// Something outside the config: a port in use, a store that does not open. Exit code 1.
  case operation(String)

  /// The faults as lines.
  public var lines: [String] {
    switch self {
    case .configuration(let faults): faults.map(\.description)
    case .operation(let text): [text]
    }
  }
}
