/// Parses response heads (RFC 9112 4, 5), a read at a time, into slots.
///
/// As strict as the request parser: an upstream whose answer two programs could read in two ways
/// is not believed. Interim answers (1xx) come out as heads of their own; `reset` after each.
public struct ResponseHeadParser: Sendable {
  /// The limits that are held.
  public let limits: HeadLimits
  /// The head; good after `parse` has answered true, until `reset`.
  public private(set) var head = ResponseHead()
  private var phase = Phase.statusLine
  /// Where the line begins that is to be read next.
  private var position = 0

  private enum Phase {
    case statusLine
    case fields
    case complete
  }

  /// A parser with limits.
  public init(limits: HeadLimits = HeadLimits()) { self.limits = limits }

  /// Forgets the head, so that the next one can be parsed.
  public mutating func reset() {
    head.removeAll()
    phase = .statusLine
    position = 0
  }

  /// Parses what has arrived; true when the head is complete, false when more is needed.
  ///
  /// `answersHead` says that the request's method was HEAD: then no content follows whatever the
  /// fields say.
  ///
  /// - Throws: what is wrong; the connection must close.
  public mutating func parse(
    _ bytes: Span<UInt8>, answersHead: Bool
  ) throws(MessageFault) -> Bool {
    let end = min(bytes.count, limits.headBytes)
    guard try read(bytes, to: end, answersHead: answersHead) else {
      guard bytes.count <= limits.headBytes else { throw .headTooLong }
      return false
    }
    return true
  }

  private mutating func read(
    _ bytes: Span<UInt8>, to end: Int, answersHead: Bool
  ) throws(MessageFault) -> Bool {
    if phase == .statusLine {
      guard let line = try StatusLine(in: bytes, to: end) else { return false }
      head.status = line.status
      head.reason = line.reason
      head.version = line.version
      position = line.next
      phase = .fields
    }
    while phase == .fields {
      let lineEnd = min(end, position + limits.fieldBytes)
      switch try FieldLine(in: bytes, from: position, to: lineEnd) {
      case .incomplete:
        guard lineEnd == end else { throw .fieldTooLong }
        return false
      case .field(let slot, let next):
        guard head.fields.slots.count < limits.fieldCount else { throw .tooManyFields }
        head.fields.append(slot)
        position = next
      case .end(let next):
        head.length = next
        try head.decide(answersHead: answersHead, in: bytes)
        phase = .complete
      }
    }
    return true
  }
}

/// A status line (RFC 9112 4).
private struct StatusLine {
  let version: HTTPVersion
  let status: Status
  let reason: Slot
  /// Where the next line begins.
  let next: Int

  /// Reads the line at the start of the bytes; nil while its end has not arrived.
  init?(in bytes: Span<UInt8>, to end: Int) throws(MessageFault) {
    guard let version = try HTTPVersion(in: bytes, from: 0, to: end) else { return nil }
    guard let status = try Self.status(in: bytes, to: end) else { return nil }
    // The space before an empty phrase is left out by some servers; nothing hangs on it.
    var index = HTTPVersion.length + 4
    guard index < end else { return nil }
    if bytes[index] == .space {
      index += 1
    } else if bytes[index].isFieldContent {
      throw .invalidStatusLine
    }
    let start = index
    while index < end, bytes[index].isFieldContent { index += 1 }
    guard index < end else { return nil }
    guard bytes[index] == .carriageReturn || bytes[index] == .lineFeed else {
      throw .invalidStatusLine
    }
    guard let next = try FieldLine.lineEnd(in: bytes, at: index, to: end) else { return nil }
    self.version = version
    self.status = status
    reason = Slot(start..<index)
    self.next = next
  }

  private static func status(in bytes: Span<UInt8>, to end: Int) throws(MessageFault) -> Status? {
    let space = HTTPVersion.length
    guard space < end else { return nil }
    guard bytes[space] == .space else { throw .invalidStatusLine }
    var code = 0
    for index in space + 1...space + 3 {
      guard index < end else { return nil }
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw .invalidStatusLine }
      code = code * 10 + Int(digit)
    }
    guard let status = Status(code: code) else { throw .invalidStatusLine }
    return status
  }
}
