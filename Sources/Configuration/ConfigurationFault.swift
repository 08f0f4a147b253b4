public import JSON

/// One thing that is wrong in a config file.
public struct ConfigurationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  public let file: String

  /// Where in the file; `nil` when the file could not be read at all.
  public let position: SourcePosition?

  /// What is wrong.
  public let problem: String

  /// What to do about it.
  public let remedy: String

  /// A fault.
  public init(file: String, position: SourcePosition?, problem: String, remedy: String) {
    self.file = file
    self.position = position
    self.problem = problem
    self.remedy = remedy
  }

  /// `FILE:LINE:COLUMN: what is wrong; what to do`.
  public var description: String {
    let place = position.map { "\(file):\($0)" } ?? file
    return "\(place): \(problem); \(remedy)"
  }
}

/// Everything that is wrong in a config file, in the order of the file.
public struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
  /// The faults; never empty.
  public let faults: [ConfigurationFault]

  /// Faults, put into the order of the file.
  public init(_ faults: [ConfigurationFault]) {
    let start = SourcePosition(line: 0, column: 0)
    self.faults = faults.enumerated().sorted { left, right in
      let (one, other) = (left.element.position ?? start, right.element.position ?? start)
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)
  }

  /// One line a fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}
