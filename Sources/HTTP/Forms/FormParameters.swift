/// Parameters of `application/x-www-form-urlencoded` content or of a query.
///
/// UTF-8 is checked, escapes must be whole, and repeats are kept and can be told, since OAuth
/// refuses most of them (RFC 6749 3.1). A parameter without a value is as good as absent (the same
/// section), so it is left out here.
public struct FormParameters: Sendable, Equatable {
  /// One name and its value.
  public struct Parameter: Sendable, Equatable {
    /// The decoded name.
    public let name: String
    /// The decoded value; never empty.
    public let value: String
  }

  /// Every parameter that has a value, in order.
  public let all: [Parameter]

  /// Decodes parameters.
  ///
  /// - Throws: what is wrong; nothing of the content should be used then.
  public init(
    parsing bytes: [UInt8], limits: FormLimits = FormLimits()
  ) throws(FormFault) {
    guard bytes.count <= limits.bytes else { throw .tooLong }
    var all: [Parameter] = []
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "&") {
      defer { start = end + 1 }
      guard start < end else { continue }
      let pair = bytes[start..<end]
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? end
      let name = try FormText.decode(pair[..<equals])
      let value = try FormText.decode(pair[equals...].dropFirst())
      guard !value.isEmpty else { continue }
      guard all.count < limits.count else { throw .tooMany }
      all.append(Parameter(name: name, value: value))
    }
    self.all = all
  }

  /// The first value of a name.
  public subscript(name: String) -> String? { all.first { $0.name == name }?.value }

  /// Every value of a name, in order.
  public func all(_ name: String) -> [String] {
    all.compactMap { $0.name == name ? $0.value : nil }
  }

  /// The names that came more than once, each once, in order.
  public var repeated: [String] {
    var seen: Set<String> = []
    var repeated: [String] = []
    for parameter in all where !seen.insert(parameter.name).inserted {
      if !repeated.contains(parameter.name) { repeated.append(parameter.name) }
    }
    return repeated
  }
}

/// How much a form may hold.
public struct FormLimits: Sendable, Equatable {
  /// Bytes of the encoded content.
  public var bytes: Int
  /// Parameters that have a value.
  public var count: Int

  /// Limits by number; by default 1 MiB and 100 parameters.
  public init(bytes: Int = 1_048_576, count: Int = 100) {
    self.bytes = bytes
    self.count = count
  }
}

/// What is wrong with form content.
public enum FormFault: Error, Sendable, Equatable {
  /// More bytes than allowed.
  case tooLong
  /// More parameters than allowed.
  case tooMany
  /// A percent sign without two hexadecimal digits.
  case invalidPercentEncoding
  /// Decoded text that is not UTF-8.
  case notUTF8
  /// A raw control character, or a NUL in any form.
  case controlCharacter
}
