/// The value of a Host field (RFC 9110 7.2): a host and perhaps a port.
///
/// Stricter than RFC 3986: a name is made of letters, digits, `-`, `_` and `.`, since a comma or
/// an exclamation mark there has only ever meant an attack or a merged list.
public struct HostName: Sendable, Equatable {
  /// The whole value.
  public let value: Slot
  /// The name or address, brackets included, without the dot that may end an absolute name.
  ///
  /// `a.example.` is the host `a.example` for every server behind us, so it must be for routes too.
  public let name: Slot
  /// The port, if one is said.
  public let port: UInt16?

  /// Reads a Host value, which must be whole and not empty.
  init(_ value: Slot, in bytes: Span<UInt8>) throws(MessageFault) {
    guard let end = Self.nameEnd(of: value, in: bytes) else { throw .invalidHost }
    self.value = value
    let isAbsolute = bytes[end - 1] == UInt8(ascii: ".")
    name = Slot(value.range.lowerBound..<(isAbsolute ? end - 1 : end))
    port = try Self.port(from: end, to: value.range.upperBound, in: bytes)
  }

  private static func nameEnd(of value: Slot, in bytes: Span<UInt8>) -> Int? {
    let range = value.range
    guard !range.isEmpty else { return nil }
    guard bytes[range.lowerBound] == UInt8(ascii: "[") else {
      return labelsEnd(of: range, in: bytes)
    }
    var index = range.lowerBound + 1
    while index < range.upperBound, isAddressByte(bytes[index]) { index += 1 }
    guard index < range.upperBound, bytes[index] == UInt8(ascii: "]"), index > range.lowerBound + 2
    else { return nil }
    return index + 1
  }

  /// Where the labels end; nil where one is empty, which servers read in different ways.
  private static func labelsEnd(of range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
    var index = range.lowerBound
    var previous = UInt8(ascii: ".")
    while index < range.upperBound, isNameByte(bytes[index]) {
      guard bytes[index] != UInt8(ascii: ".") || previous != UInt8(ascii: ".") else { return nil }
      previous = bytes[index]
      index += 1
    }
    return index > range.lowerBound ? index : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    ByteClass.unreserved.contains(byte) && byte != UInt8(ascii: "~")
  }

  private static func isAddressByte(_ byte: UInt8) -> Bool {
    byte.hexadecimalValue != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
  }

  private static func port(
    from start: Int, to end: Int, in bytes: Span<UInt8>
  ) throws(MessageFault) -> UInt16? {
    guard start < end else { return nil }
    guard bytes[start] == UInt8(ascii: ":"), (2...6).contains(end - start) else {
      throw .invalidHost
    }
    var number: UInt32 = 0
    for index in start + 1..<end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw .invalidHost }
      number = number * 10 + UInt32(digit)
    }
    guard let port = UInt16(exactly: number) else { throw .invalidHost }
    return port
  }
}
