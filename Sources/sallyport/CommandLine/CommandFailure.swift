/// Why a command did not do its work; the exit code follows from the kind.
enum CommandFailure: Error {
  /// The words on the command line: exit 2.
  case usage(String)
  /// The config, every fault a line of its own: exit 2.
  case configuration([String])
  /// The operation: exit 1.
  case operation(String)

  /// What goes to standard error.
  var lines: [String] {
    switch self {
    case .usage(let text), .operation(let text): [text]
    case .configuration(let faults): faults
    }
  }

  var exitCode: Int32 {
    switch self {
    case .usage, .configuration: 2
    case .operation: 1
    }
  }
}
