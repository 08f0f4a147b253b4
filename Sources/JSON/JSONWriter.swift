/// Writes compact JSON into bytes, member by member; commas and escapes are its business.
///
/// What it does not check is the caller's grammar: a name before each member's value, and an end
/// for each beginning.
public struct JSONWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8]

  private var needsComma = false

  /// A writer with room for some bytes.
  public init(capacity: Int = 256) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }
}

// MARK: - Structure

extension JSONWriter {
  /// Opens an object.
  public mutating func beginObject() { begin(UInt8(ascii: "{")) }

  /// Closes an object.
  public mutating func endObject() { end(UInt8(ascii: "}")) }

  /// Opens an array.
  public mutating func beginArray() { begin(UInt8(ascii: "[")) }

  /// Closes an array.
  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes a member's name; its value comes next.
  public mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}

// MARK: - Values

extension JSONWriter {
  /// Writes a string.
  public mutating func value(_ value: String) {
    separate()
    quote(value)
  }

  /// Writes an integer.
  public mutating func value(_ value: Int64) {
    separate()
    digits(value)
  }

  /// Writes the shortest number that reads back the same; what is not finite becomes `null`.
  public mutating func value(_ value: Double) {
    separate()
    bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
  }

  /// Writes a truth value.
  public mutating func value(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes a value of any kind.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): self.value(value)
    case .integer(let value): self.value(value)
    case .number(let value): self.value(value)
    case .string(let value): self.value(value)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let object): self.value(object)
    }
  }

  /// Writes an object.
  public mutating func value(_ object: JSONObject) {
    beginObject()
    for member in object.members {
      name(member.name)
      value(member.value)
    }
    endObject()
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes bytes that already are one JSON value; they are not checked.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
  }
}

// MARK: - Bytes

extension JSONWriter {
  /// Appends a string in quotes; only what RFC 8259 section 7 demands is escaped.
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    // Copied whole first: most strings need no escape, and bytes are cheaper to look at here.
    bytes.append(contentsOf: text.utf8)
    if !isPlain(from: start) {
      bytes.removeSubrange(start...)
      for byte in text.utf8 { Self.mustEscape(byte) ? escape(byte) : bytes.append(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func isPlain(from start: Int) -> Bool {
    let span = bytes.span
    for place in start..<span.count where Self.mustEscape(span[place]) { return false }
    return true
  }

  @inline(__always)
  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      bytes.append(contentsOf: (byte < 0x10 ? "u000" : "u001").utf8)
      bytes.append(hexDigit(byte & 0xF))
    }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private mutating func digits(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}

extension JSONValue {
  /// The value as compact JSON.
  public func serialized() -> [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}

extension JSONObject {
  /// The object as compact JSON.
  public func serialized() -> [UInt8] { JSONValue.object(self).serialized() }
}
