/// Walks over a JSON text and checks it, without building anything (RFC 8259).
///
/// The bytes are handed to each step rather than kept, so that no view outlives its array.
struct JSONScanner {
  /// The next byte to read.
  var offset = 0

  /// The members and elements that may still come.
  var membersLeft: Int

  let limits: JSONLimits

  init(limits: JSONLimits) {
    self.limits = limits
    membersLeft = limits.members
  }
}

// MARK: - Values

extension JSONScanner {
  /// Steps over one value of any kind, checking it.
  mutating func skipValue(in bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    switch try nextByte(in: bytes) {
    case UInt8(ascii: "\""): _ = try string(in: bytes)
    case UInt8(ascii: "{"): try skipObject(in: bytes, depth: depth + 1)
    case UInt8(ascii: "["): try skipArray(in: bytes, depth: depth + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number(in: bytes)
    default: _ = try literal(in: bytes)
    }
  }

  private mutating func skipObject(in bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    guard try open(UInt8(ascii: "}"), in: bytes, depth: depth) else { return }
    repeat {
      _ = try memberName(in: bytes)
      try skipValue(in: bytes, depth: depth)
    } while try another(before: UInt8(ascii: "}"), in: bytes)
  }

  private mutating func skipArray(in bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    guard try open(UInt8(ascii: "]"), in: bytes, depth: depth) else { return }
    repeat {
      try countMember()
      try skipValue(in: bytes, depth: depth)
    } while try another(before: UInt8(ascii: "]"), in: bytes)
  }
}

// MARK: - Structure

extension JSONScanner {
  /// The next byte that is not white space, not consumed.
  mutating func nextByte(in bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      offset += 1
    }
    throw JSONError(.unexpectedEnd, at: offset)
  }

  /// Consumes an opening bracket; whether anything stands before the closing one.
  mutating func open(_ closing: UInt8, in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> Bool
  {
    guard depth <= limits.depth else { throw JSONError(.tooDeep, at: offset) }
    offset += 1
    guard try nextByte(in: bytes) == closing else { return true }
    offset += 1
    return false
  }

  /// Consumes a comma or the closing bracket; whether another member or element must follow.
  mutating func another(before closing: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Bool {
    let byte = try nextByte(in: bytes)
    guard byte == UInt8(ascii: ",") || byte == closing else {
      throw JSONError(.unexpectedByte, at: offset)
    }
    offset += 1
    return byte != closing
  }

  /// Consumes a member's name and its colon.
  mutating func memberName(in bytes: Span<UInt8>) throws(JSONError) -> StringSlice {
    try countMember()
    guard try nextByte(in: bytes) == UInt8(ascii: "\"") else {
      throw JSONError(.unexpectedByte, at: offset)
    }
    let name = try string(in: bytes)
    guard try nextByte(in: bytes) == UInt8(ascii: ":") else {
      throw JSONError(.unexpectedByte, at: offset)
    }
    offset += 1
    return name
  }

  /// Counts a member or element against the limit.
  mutating func countMember() throws(JSONError) {
    guard membersLeft > 0 else { throw JSONError(.tooManyMembers, at: offset) }
    membersLeft -= 1
  }

  /// Nothing but white space may be left.
  mutating func finish(in bytes: Span<UInt8>) throws(JSONError) {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        throw JSONError(.trailingBytes, at: offset)
      }
      offset += 1
    }
  }
}
