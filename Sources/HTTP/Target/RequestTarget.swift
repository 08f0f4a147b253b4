/// A request target (RFC 9112 3.2), read once into what is decided on and what is forwarded.
///
/// The path is brought into one canonical form, and that form is both matched and sent upstream,
/// so that no next hop can read another path than the one that was judged:
/// - unreserved characters are decoded, other escapes kept with upper-case digits;
/// - dot segments are removed once, and a path that climbs above the root is refused;
/// - empty segments are dropped: `//a///b` is `/a/b`;
/// - escaped `/`, `\`, NUL and other controls, a raw `\`, escapes of escapes of those, and
///   `..;x` are refused, since servers disagree about them;
/// - characters that RFC 3986 does not allow but browsers send are escaped.
///
/// The query is kept as it came.
public struct RequestTarget: Sendable {
  /// Which form of target came.
  public private(set) var form = Form.origin
  /// The whole target as it came.
  public private(set) var whole: Slot = .empty
  /// The host and port of an absolute target; equal to the Host field, or the head is refused.
  public private(set) var authority: Slot?
  /// What follows the question mark; nil without one.
  public private(set) var query: Slot?
  /// The path as it came; canonical unless `rewritten` says otherwise.
  private var rawPath: Slot = .empty
  /// The canonical path, when it is not what came.
  private var rewritten: [UInt8] = []

  /// The forms that are taken.
  public enum Form: Sendable {
    /// A path and perhaps a query.
    case origin
    /// A whole URL, as if to a proxy.
    case absolute
    /// `*`, of OPTIONS alone.
    case asterisk
  }

  /// Calls `body` with the canonical path's bytes: `/…`, or `*` for the asterisk form.
  @inline(__always)
  public func withPath<Result, Failure>(
    in bytes: Span<UInt8>, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    rewritten.isEmpty
      ? try body(bytes.extracting(rawPath.range)) : try body(rewritten.span)
  }

  /// The canonical path as text.
  public func path(in bytes: Span<UInt8>) -> String {
    withPath(in: bytes) { String(copying: $0) }
  }

  mutating func removeAll() {
    rewritten.removeAll(keepingCapacity: true)
    authority = nil
    query = nil
  }

  /// Reads a target of visible ASCII.
  mutating func read(
    _ target: Slot, isOptions: Bool, in bytes: Span<UInt8>
  ) throws(MessageFault) {
    whole = target
    let range = target.range
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "/"):
      form = .origin
      try readPath(range, in: bytes)
    case UInt8(ascii: "*") where range.count == 1 && isOptions:
      form = .asterisk
      rawPath = target
    default:
      form = .absolute
      try readAbsolute(range, in: bytes)
    }
  }

  private mutating func readAbsolute(
    _ range: Range<Int>, in bytes: Span<UInt8>
  ) throws(MessageFault) {
    guard let start = Self.authorityStart(range, in: bytes) else { throw .invalidTarget }
    var end = start
    while end < range.upperBound, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") {
      end += 1
    }
    authority = try HostName(Slot(start..<end), in: bytes).value
    guard end < range.upperBound, bytes[end] == UInt8(ascii: "/") else {
      try readQuery(end..<range.upperBound, in: bytes)
      rewritten.append(UInt8(ascii: "/"))
      return
    }
    try readPath(end..<range.upperBound, in: bytes)
  }

  private static func authorityStart(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
    for scheme in ["http://", "https://"] where range.count > scheme.utf8.count {
      let end = range.lowerBound + scheme.utf8.count
      if Slot(range.lowerBound..<end).matches(scheme, in: bytes) { return end }
    }
    return nil
  }

  private mutating func readPath(_ range: Range<Int>, in bytes: Span<UInt8>) throws(MessageFault) {
    var index = range.lowerBound
    var isCanonical = true
    var previous: UInt8 = 0
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
      if !ByteClass.path.contains(byte) { isCanonical = false }
      if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") {
        isCanonical = false
      }
      previous = byte
      index += 1
    }
    try readQuery(index..<range.upperBound, in: bytes)
    rawPath = Slot(range.lowerBound..<index)
    if !isCanonical {
      try CanonicalPath.write(rawPath, of: bytes, to: &rewritten)
    }
  }

  /// The rest of the target: nothing, or a question mark and the query.
  private mutating func readQuery(_ range: Range<Int>, in bytes: Span<UInt8>) throws(MessageFault) {
    for index in range where bytes[index] == UInt8(ascii: "#") { throw .fragmentInTarget }
    if !range.isEmpty { query = Slot(range.lowerBound + 1..<range.upperBound) }
  }
}
