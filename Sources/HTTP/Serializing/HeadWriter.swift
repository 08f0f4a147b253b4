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
    guard status != .ok else {
      add(literal: "HTTP/1.1 200 OK\r\n")
      return
    }
    add(literal: "HTTP/1.1 ")
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
    add(literal: " HTTP/1.1\r\n")
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
    id.withDigits { bytes.append(copying: $0) }
    endLine()
  }

  /// Writes a field line with a place in a trace.
  public mutating func append(_ name: FieldName, _ trace: TraceContext) {
    bytes.append(contentsOf: name.rawValue.utf8)
    colon()
    trace.withText { bytes.append(copying: $0) }
    endLine()
  }

  /// Writes the Date field for a time, through a cache.
  public mutating func append(dateAt time: UnixTime, _ cache: inout HTTPDateCache) {
    add(literal: "date: ")
    bytes.append(contentsOf: cache.text(at: time))
    endLine()
  }

  /// Writes field lines in order.
  public mutating func append(_ fields: Fields) {
    for field in fields.all { append(field.name, field.value) }
  }

  /// Writes a field line of a parsed head as it came.
  public mutating func append(_ field: FieldSlot, of source: Span<UInt8>) {
    // Nearly every sender writes a line as we would: then it is copied as a whole.
    if let line = field.plainLine(in: source) {
      bytes.append(copying: source.extracting(line))
      return
    }
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

  // Two single bytes are cheaper than one run of two.
  mutating func colon() {
    bytes.append(UInt8(ascii: ":"))
    bytes.append(.space)
  }

  mutating func endLine() {
    bytes.append(.carriageReturn)
    bytes.append(.lineFeed)
  }
}

extension FieldSlot {
  /// Where the whole line stands, if it is `name: value` and CRLF, with one space and no other.
  fileprivate func plainLine(in source: Span<UInt8>) -> Range<Int>? {
    let nameEnd = name.range.upperBound
    let value = value.range
    guard value.lowerBound == nameEnd + 2, source[nameEnd + 1] == .space,
      value.upperBound + 2 <= source.count, source[value.upperBound] == .carriageReturn
    else { return nil }
    // The parser lets no carriage return stand without a line feed.
    return name.range.lowerBound..<value.upperBound + 2
  }
}

extension [UInt8] {
  /// Appends a copy of the bytes.
  mutating func append(copying span: Span<UInt8>) {
    // The buffer does not leave the call; there is no bulk append from a Span yet.
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
