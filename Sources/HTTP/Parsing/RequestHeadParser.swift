/// Parses request heads (RFC 9112 2.1, 3, 5), a read at a time, into slots.
///
/// Give it all bytes of the head that are here so far, from the head's first byte on, as often as
/// more arrive: it goes on where it stopped, and the answer does not depend on how the bytes were
/// cut. One parser may serve many connections in turn: after `reset()` it holds no memory of the
/// last one, and a head that came in part is simply parsed again.
///
/// Once warm it allocates nothing, unless a path needs rewriting.
public struct RequestHeadParser: Sendable {
  /// The limits that are held.
  public let limits: HeadLimits
  /// The head; good after `parse` has answered true, until `reset`.
  public private(set) var head = RequestHead()
  private var phase = Phase.start
  /// Where the line begins that is to be read next.
  private var position = 0

  private enum Phase {
    case start
    case requestLine
    case fields
    case complete
  }

  /// A parser with limits.
  public init(limits: HeadLimits = HeadLimits()) { self.limits = limits }

  /// Forgets the head, so that the next one can be parsed.
  public mutating func reset() {
    head.removeAll()
    phase = .start
    position = 0
  }

  /// Parses what has arrived; true when the head is complete, false when more is needed.
  ///
  /// - Throws: what is wrong; the connection must close, since the next message's begin is unknown.
  public mutating func parse(_ bytes: Span<UInt8>) throws(MessageFault) -> Bool {
    let end = min(bytes.count, limits.headBytes)
    guard try read(bytes, to: end) else {
      guard bytes.count <= limits.headBytes else { throw .headTooLong }
      return false
    }
    return true
  }

  private mutating func read(_ bytes: Span<UInt8>, to end: Int) throws(MessageFault) -> Bool {
    if phase == .start {
      guard try skipEmptyLine(bytes, to: end) else { return false }
    }
    if phase == .requestLine {
      guard try readRequestLine(bytes, to: end) else { return false }
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
        try head.decide(in: bytes)
        phase = .complete
      }
    }
    return true
  }

  /// One empty line before the request line is passed over (RFC 9112 2.2); a second is refused.
  private mutating func skipEmptyLine(
    _ bytes: Span<UInt8>, to end: Int
  ) throws(MessageFault) -> Bool {
    guard end > 0 else { return false }
    if bytes[0] == .carriageReturn {
      guard let next = try FieldLine.lineEnd(in: bytes, at: 0, to: end) else { return false }
      position = next
    }
    phase = .requestLine
    return true
  }

  private mutating func readRequestLine(
    _ bytes: Span<UInt8>, to end: Int
  ) throws(MessageFault) -> Bool {
    guard
      let line = try RequestLine(
        in: bytes, from: position, to: end, targetBytes: limits.targetBytes)
    else { return false }
    head.method = line.method
    head.knownMethod = KnownMethod(bytes.extracting(line.method.range))
    guard head.knownMethod != .connect else { throw .connectNotSupported }
    head.version = line.version
    try head.target.read(line.target, isOptions: head.knownMethod == .options, in: bytes)
    position = line.next
    phase = .fields
    return true
  }
}
