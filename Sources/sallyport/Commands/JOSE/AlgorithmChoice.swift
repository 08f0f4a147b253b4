internal import JOSE

extension Arguments {
  /// The values of an option that takes a comma between algorithms; nil if it is not given.
  func algorithms<Value: RawRepresentable & CaseIterable>(
    _ option: String, of command: String, _ type: Value.Type
  ) throws(CommandFailure) -> [Value]? where Value.RawValue == String {
    guard let text = try value(option) else { return nil }
    var found: [Value] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let algorithm = Value(rawValue: String(name)) else {
        throw .usage(
          "\(command): \(option) \"\(name)\" is no algorithm; say some of: "
            + Self.names(Array(Value.allCases)))
      }
      found.append(algorithm)
    }
    return found
  }

  /// The algorithm that an option asks for, or the only one that a key is for.
  func algorithm<Value: RawRepresentable & Equatable>(
    _ option: String, of command: String, among possible: [Value]
  ) throws(CommandFailure) -> Value where Value.RawValue == String {
    guard let wanted = try value(option) else {
      guard let only = possible.first, possible.count == 1 else {
        guard !possible.isEmpty else {
          throw .operation("the key fits no algorithm of \(command); give another key")
        }
        throw .usage(
          "\(command): the key is for several algorithms; say \(option), one of: "
            + Self.names(possible))
      }
      return only
    }
    guard let algorithm = possible.first(where: { $0.rawValue == wanted }) else {
      throw .usage(
        "\(command): the key is not for \(option) \"\(wanted)\"; say one of: "
          + Self.names(possible))
    }
    return algorithm
  }

  private static func names<Value: RawRepresentable>(
    _ values: [Value]
  ) -> String where Value.RawValue == String {
    values.map(\.rawValue).joined(separator: ", ")
  }
}
