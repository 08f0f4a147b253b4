/// A request line (RFC 9112 3): method, target and version, one space between them.
struct RequestLine {
  let method: Slot
  let target: Slot
  let version: HTTPVersion
  /// Where the next line begins.
  let next: Int

  /// RFC 9112 3 asks for 501 when a method is longer than any that is known.
  static let methodBytes = 32

  /// Reads the line that begins at `start`; nil while its end has not arrived.
  init?(
    in bytes: Span<UInt8>, from start: Int, to end: Int, targetBytes: Int
  ) throws(MessageFault) {
    guard let methodEnd = try Self.methodEnd(in: bytes, from: start, to: end),
      let targetEnd = try Self.targetEnd(
        in: bytes, from: methodEnd + 1, to: end, limit: targetBytes),
      let (version, next) = try Self.version(in: bytes, from: targetEnd + 1, to: end)
    else { return nil }
    method = Slot(start..<methodEnd)
    target = Slot(methodEnd + 1..<targetEnd)
    self.version = version
    self.next = next
  }

  private static func methodEnd(
    in bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(MessageFault) -> Int? {
    var index = start
    while index < end, ByteClass.token.contains(bytes[index]) {
      guard index - start < methodBytes else { throw .methodTooLong }
      index += 1
    }
    guard index < end else { return nil }
    guard index > start, bytes[index] == .space else { throw .invalidMethod }
    return index
  }

  /// The target is any run of visible ASCII here; what it means is decided afterwards.
  private static func targetEnd(
    in bytes: Span<UInt8>, from start: Int, to end: Int, limit: Int
  ) throws(MessageFault) -> Int? {
    var index = start
    while index < end, bytes[index] &- 0x21 < 0x5e {
      guard index - start < limit else { throw .targetTooLong }
      index += 1
    }
    guard index < end else { return nil }
    guard index > start, bytes[index] == .space else {
      // A line that ends here is HTTP/0.9's.
      throw bytes[index] == .carriageReturn ? .invalidVersion : .invalidTarget
    }
    return index
  }

  /// `HTTP/1.1` or `HTTP/1.0`, and the line end.
  private static func version(
    in bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(MessageFault) -> (HTTPVersion, next: Int)? {
    guard let version = try HTTPVersion(in: bytes, from: start, to: end) else { return nil }
    let lineEnd = start + HTTPVersion.length
    guard lineEnd < end else { return nil }
    guard bytes[lineEnd] == .carriageReturn || bytes[lineEnd] == .lineFeed else {
      throw .invalidVersion
    }
    guard let next = try FieldLine.lineEnd(in: bytes, at: lineEnd, to: end) else { return nil }
    return (version, next)
  }
}

extension HTTPVersion {
  /// How many bytes a version takes.
  static let length = 8

  /// Reads a version at `start`; nil while it has not arrived whole.
  init?(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(MessageFault) {
    var index = start
    for expected in "HTTP/".utf8 {
      guard index < end else { return nil }
      guard bytes[index] == expected else { throw .invalidVersion }
      index += 1
    }
    var digits: (UInt8, UInt8) = (0, 0)
    guard index < end else { return nil }
    digits.0 = bytes[index] &- UInt8(ascii: "0")
    guard digits.0 < 10 else { throw .invalidVersion }
    guard index + 1 < end else { return nil }
    guard bytes[index + 1] == UInt8(ascii: ".") else { throw .invalidVersion }
    guard index + 2 < end else { return nil }
    digits.1 = bytes[index + 2] &- UInt8(ascii: "0")
    guard digits.1 < 10 else { throw .invalidVersion }
    switch digits {
    case (1, 1): self = .http11
    case (1, 0): self = .http10
    default: throw .versionNotSupported
    }
  }
}
