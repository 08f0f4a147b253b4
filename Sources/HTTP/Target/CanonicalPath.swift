/// The rewriting of a path into its canonical form (RFC 3986 6.2.2).
public enum CanonicalPath {
  /// The canonical form of a path that begins with a slash and holds no query.
  ///
  /// - Throws: why requests with such a path are refused.
  public static func of(_ path: String) throws(MessageFault) -> String {
    let bytes = Array(path.utf8)
    guard bytes.first == UInt8(ascii: "/"), !bytes.contains(UInt8(ascii: "?")),
      bytes.allSatisfy({ (0x21...0x7e).contains($0) })
    else { throw .invalidTarget }
    guard !bytes.contains(UInt8(ascii: "#")) else { throw .fragmentInTarget }
    var output: [UInt8] = []
    try write(Slot(0..<bytes.count), of: bytes.span, to: &output)
    return String(copying: output.span)
  }

  /// Appends the canonical form of the path in a slot, which begins with a slash.
  static func write(
    _ path: Slot, of bytes: Span<UInt8>, to output: inout [UInt8]
  ) throws(MessageFault) {
    var index = path.range.lowerBound
    let end = path.range.upperBound
    while index < end {
      // `index` stands on a slash; the segment runs to the next one.
      let segment = output.count
      output.append(UInt8(ascii: "/"))
      index += 1
      while index < end, bytes[index] != UInt8(ascii: "/") {
        index = try writeCharacter(at: index, before: end, of: bytes, to: &output)
      }
      try settle(segmentAt: segment, isLast: index == end, in: &output)
    }
  }

  /// Writes one character of a segment and answers where the next one stands.
  private static func writeCharacter(
    at index: Int, before end: Int, of bytes: Span<UInt8>, to output: inout [UInt8]
  ) throws(MessageFault) -> Int {
    let byte = bytes[index]
    guard byte == UInt8(ascii: "%") else {
      guard byte != UInt8(ascii: "\\") else { throw .encodedSeparator }
      if ByteClass.path.contains(byte) { output.append(byte) } else { escape(byte, to: &output) }
      return index + 1
    }
    let decoded = try decode(at: index, before: end, of: bytes)
    switch decoded {
    case UInt8(ascii: "/"), UInt8(ascii: "\\"), 0..<0x20, 0x7f: throw .encodedSeparator
    case UInt8(ascii: "%"): try refuseDoubleEncoding(at: index + 3, before: end, of: bytes)
    default: break
    }
    if ByteClass.unreserved.contains(decoded) {
      output.append(decoded)
    } else {
      escape(decoded, to: &output)
    }
    return index + 3
  }

  /// The byte that the escape at `index` stands for.
  private static func decode(
    at index: Int, before end: Int, of bytes: Span<UInt8>
  ) throws(MessageFault) -> UInt8 {
    guard index + 2 < end,
      let high = bytes[index + 1].hexadecimalValue, let low = bytes[index + 2].hexadecimalValue
    else { throw .invalidPercentEncoding }
    return high << 4 | low
  }

  /// `%252e`: a next hop that decodes twice would see a dot or a slash that was not judged.
  private static func refuseDoubleEncoding(
    at index: Int, before end: Int, of bytes: Span<UInt8>
  ) throws(MessageFault) {
    guard index + 1 < end,
      let high = bytes[index].hexadecimalValue, let low = bytes[index + 1].hexadecimalValue
    else { return }
    switch high << 4 | low {
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "%"), 0..<0x20,
      0x7f:
      throw .doubleEncoding
    default: return
    }
  }

  private static func escape(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "%"))
    output.append(.hexadecimalDigit(byte >> 4))
    output.append(.hexadecimalDigit(byte & 0xf))
  }

  /// Removes the segment just written when it is empty or a dot segment (RFC 3986 5.2.4).
  private static func settle(
    segmentAt start: Int, isLast: Bool, in output: inout [UInt8]
  ) throws(MessageFault) {
    let text = output[(start + 1)...]
    let dots = text.prefix { $0 == UInt8(ascii: ".") }.count
    guard dots == text.count, dots <= 2 else {
      // Some servers cut `;x` off before they look for dot segments.
      let rest = text.dropFirst(dots)
      if (1...2).contains(dots), rest.first == UInt8(ascii: ";") || rest.starts(with: "%3B".utf8) {
        throw .dotSegmentWithParameters
      }
      return
    }
    output.removeSubrange(start...)
    if dots == 2 {
      guard let parent = output.lastIndex(of: UInt8(ascii: "/")) else { throw .pathAboveRoot }
      output.removeSubrange(parent...)
    }
    if isLast { output.append(UInt8(ascii: "/")) }
  }
}
