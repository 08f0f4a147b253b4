/// The value of a Content-Type field (RFC 9110 8.3.1).
public struct MediaType: Sendable, Equatable {
  /// Type and subtype in lower case, such as `application/json`.
  public let essence: String
  /// The parameters in order, names in lower case.
  public let parameters: [Parameter]

  /// One parameter.
  public struct Parameter: Sendable, Equatable {
    /// The name in lower case.
    public let name: String
    /// The value without quotes.
    public let value: String
  }

  /// Reads a media type that must be whole; nil when anything is wrong or left over.
  public init?(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let type = scanner.token(), scanner.take(UInt8(ascii: "/")), let subtype = scanner.token()
    else { return nil }
    essence = "\(type)/\(subtype)".lowercased()
    var parameters: [Parameter] = []
    scanner.skipBlanks()
    while scanner.take(UInt8(ascii: ";")) {
      scanner.skipBlanks()
      guard let name = scanner.token(), scanner.take(UInt8(ascii: "=")),
        let value = scanner.token() ?? scanner.quotedString()
      else { return nil }
      parameters.append(Parameter(name: name.lowercased(), value: value))
      scanner.skipBlanks()
    }
    guard scanner.isAtEnd else { return nil }
    self.parameters = parameters
  }

  /// The value of a parameter, by its name in lower case.
  public subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// Whether this is `application/x-www-form-urlencoded` in UTF-8, said or not.
  public var isForm: Bool {
    guard essence == "application/x-www-form-urlencoded" else { return false }
    return self["charset"].map { $0.lowercased() == "utf-8" } ?? true
  }
}

/// Reads the parts of a structured field value from left to right.
private struct Scanner {
  let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  mutating func skipBlanks() {
    while index < bytes.count, bytes[index].isBlank { index += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func token() -> String? {
    let start = index
    while index < bytes.count, ByteClass.token.contains(bytes[index]) { index += 1 }
    guard index > start else { return nil }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  mutating func quotedString() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var text: [UInt8] = []
    while index < bytes.count {
      var byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return String(validating: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        guard index < bytes.count else { return nil }
        byte = bytes[index]
        index += 1
      }
      guard byte.isFieldContent else { return nil }
      text.append(byte)
    }
    return nil
  }
}
