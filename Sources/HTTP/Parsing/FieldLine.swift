/// What a look at the next line of a field section finds.
enum FieldLine {
  /// The line's end has not arrived.
  case incomplete
  /// A field, and where the next line begins.
  case field(FieldSlot, next: Int)
  /// The empty line that ends the section, and where the content begins.
  case end(next: Int)

  /// Reads the line that begins at `start`, looking no further than `end`.
  ///
  /// One pass: the first byte that decides is the one that is reported, so that the answer does
  /// not depend on how the bytes arrived.
  init(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(MessageFault) {
    guard start < end else {
      self = .incomplete
      return
    }
    if bytes[start] == .carriageReturn {
      self = try Self.lineEnd(in: bytes, at: start, to: end).map { .end(next: $0) } ?? .incomplete
      return
    }
    guard let colon = try Self.colon(in: bytes, from: start, to: end),
      let (value, next) = try Self.value(in: bytes, from: colon + 1, to: end)
    else {
      self = .incomplete
      return
    }
    self = .field(FieldSlot(name: Slot(start..<colon), value: value, in: bytes), next: next)
  }

  /// Where the name that begins at `start` ends: a colon right after it (RFC 9112 5.1).
  @inline(__always)
  private static func colon(
    in bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(MessageFault) -> Int? {
    var index = start
    while index < end, ByteClass.token.contains(bytes[index]) { index += 1 }
    guard index < end else { return nil }
    let byte = bytes[index]
    if byte == UInt8(ascii: ":"), index > start { return index }
    if byte.isBlank { throw index == start ? .lineFolding : .spaceBeforeColon }
    throw byte == .lineFeed ? .bareLineFeed : .invalidFieldName
  }

  /// The value without the blanks around it, and where the next line begins.
  @inline(__always)
  private static func value(
    in bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(MessageFault) -> (Slot, next: Int)? {
    var first = start
    while first < end, bytes[first].isBlank { first += 1 }
    var index = bytes.endOfFieldContent(from: first, to: end)
    guard index < end else { return nil }
    guard bytes[index] == .carriageReturn else {
      throw bytes[index] == .lineFeed ? .bareLineFeed : .invalidFieldValue
    }
    guard let next = try lineEnd(in: bytes, at: index, to: end) else { return nil }
    while index > first, bytes[index - 1].isBlank { index -= 1 }
    return (Slot(first..<index), next)
  }

  /// Where the next line begins, if a CRLF stands at `index`; nil while its second byte is not here.
  @inline(__always)
  static func lineEnd(
    in bytes: Span<UInt8>, at index: Int, to end: Int
  ) throws(MessageFault) -> Int? {
    guard bytes[index] == .carriageReturn else { throw .bareLineFeed }
    guard index + 1 < end else { return nil }
    guard bytes[index + 1] == .lineFeed else { throw .bareCarriageReturn }
    return index + 2
  }
}
