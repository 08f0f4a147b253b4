public import Diagnostics

/// Writes message heads (RFC 9112 2.1) into bytes that are reused from head to head.
///
/// What goes in is either a checked value (`FieldName`, `FieldValue`, `Status`) or a slot of a head
/// that the parser has checked, so nothing can end a line but this writer.
public struct HeadWriter: Sendable {
  /// What has been written.
  public internal(set) var bytes: [UInt8] = []

  /// A writer with room for a usual head.
  public init(capacity: Int = 1_024) { bytes.reserveCapacity(capacity) }

  /// Starts over; the room stays.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Writes the status line of a response.
  public mutating func begin(_ status: Status) {
    bytes.append(contentsOf: "HTTP/1.1 ".utf8)
    append(decimal: status.code)
    bytes.append(.space)
    bytes.append(contentsOf: status.reason.utf8)
    endLine()
  }

  /// Writes the request line that passes a parsed request on: canonical path, query as it came.
  public mutating func begin(_ head: borrowing RequestHead, in source: Span<UInt8>) {
    append(head.method, of: source)
    bytes.append(.space)
    head.target.withPath(in: source) { bytes.append(copying: $0) }
    if let query = head.target.query {
      bytes.append(UInt8(ascii: "?"))
      append(query, of: source)
    }
    bytes.append(contentsOf: " HTTP/1.1\r\n".utf8)
  }

  /// Writes a field line.
  public mutating func append(_ name: FieldName, _ value: FieldValue) {
    bytes.append(contentsOf: name.rawValue.utf8)
    colon()
    bytes.append(contentsOf: value.text.utf8)
    endLine()
  }

  /// Writes a field line with a whole number.
  public mutating func append(_ name: FieldName, _ number: Int) {
    bytes.append(contentsOf: name.rawValue.utf8)
    colon()
    append(decimal: number)
    endLine()
  }

  /// Writes a field line with a request id.
  public mutating func append(_ name: FieldName, _ id: RequestID) {
    bytes.append(contentsOf: name.rawValue.utf8)
    colon()
    append(hexadecimal: id.high)
    append(hexadecimal: id.low)
    endLine()
  }

  /// Writes the Date field for a time, through a cache.
  public mutating func append(dateAt time: UnixTime, _ cache: inout HTTPDateCache) {
    bytes.append(contentsOf: "date: ".utf8)
    bytes.append(contentsOf: cache.text(at: time))
    endLine()
  }

  /// Writes field lines in order.
  public mutating func append(_ fields: Fields) {
    for field in fields.all { append(field.name, field.value) }
  }

  /// Writes a field line of a parsed head as it came.
  public mutating func append(_ field: FieldSlot, of source: Span<UInt8>) {
    append(field.name, of: source)
    colon()
    append(field.value, of: source)
    endLine()
  }

  /// Writes a field line with the value that a slot of a parsed head holds.
  public mutating func append(_ name: FieldName, _ value: Slot, of source: Span<UInt8>) {
    bytes.append(contentsOf: name.rawValue.utf8)
    colon()
    append(value, of: source)
    endLine()
  }

  /// Ends the head.
  public mutating func end() { endLine() }

  mutating func append(_ slot: Slot, of source: Span<UInt8>) {
    bytes.append(copying: source.extracting(slot.range))
  }

  mutating func append(decimal number: Int) {
    guard number >= 10 else {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: max(number, 0)))
      return
    }
    append(decimal: number / 10)
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  private mutating func append(hexadecimal word: UInt64) {
    let digits = InlineArray<16, UInt8> { index in
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64((15 - index) * 4)) & 0xf
      return nibble < 10 ? nibble + 0x30 : nibble + 0x57
    }
    bytes.append(copying: digits.span)
  }

  mutating func colon() {
    bytes.append(UInt8(ascii: ":"))
    bytes.append(.space)
  }

  mutating func endLine() {
    bytes.append(.carriageReturn)
    bytes.append(.lineFeed)
  }
}

extension [UInt8] {
  /// Appends a copy of the bytes.
  mutating func append(copying span: Span<UInt8>) {
    // The buffer does not leave the call; there is no bulk append from a Span yet.
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
