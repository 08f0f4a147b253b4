// Strings: found and checked here, decoded only where the caller keeps them.

extension JSONScanner {
  /// A string between its quotes, checked but not decoded.
  struct StringSlice {
    let range: Range<Int>
    let hasEscapes: Bool
  }

  /// Consumes a string and its quotes; checks escapes, control characters and UTF-8.
  mutating func string(in bytes: Span<UInt8>) throws(JSONError) -> StringSlice {
    offset += 1
    let start = offset
    var hasEscapes = false
    var seen: UInt8 = 0
    while true {
      let byte = try skipPlain(in: bytes, seen: &seen)
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\") else { throw JSONError(.controlCharacter, at: offset) }
      hasEscapes = true
      try skipEscape(in: bytes)
    }
    let range = start..<offset
    if seen >= 0x80 { try checkUTF8(of: range, in: bytes) }
    offset += 1
    return StringSlice(range: range, hasEscapes: hasEscapes)
  }

  /// Steps to the next quote, backslash or control character and returns it.
  ///
  /// `seen` collects the bits of all bytes on the way. The hottest loop of the module: it touches
  /// nothing but locals.
  private mutating func skipPlain(
    in bytes: Span<UInt8>, seen: inout UInt8
  ) throws(JSONError) -> UInt8 {
    var place = offset
    var bits = seen
    let end = bytes.count
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 {
        offset = place
        seen = bits
        return byte
      }
      bits |= byte
      place &+= 1
    }
    throw JSONError(.unexpectedEnd, at: end)
  }

  private func checkUTF8(of range: Range<Int>, in bytes: Span<UInt8>) throws(JSONError) {
    do {
      _ = try UTF8Span(validating: bytes.extracting(range))
    } catch {
      throw JSONError(.invalidUTF8, at: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  private mutating func skipEscape(in bytes: Span<UInt8>) throws(JSONError) {
    guard offset + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    guard bytes[offset + 1] == UInt8(ascii: "u") else {
      guard Self.unescaped(bytes[offset + 1]) != nil else {
        throw JSONError(.invalidEscape, at: offset)
      }
      offset += 2
      return
    }
    let start = offset
    let first = try codeUnit(in: bytes)
    guard first & 0xF800 == 0xD800 else { return }
    // A surrogate: the high half must come first and the low half at once (section 8.2).
    guard first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { throw JSONError(.loneSurrogate, at: start) }
    guard try codeUnit(in: bytes) & 0xFC00 == 0xDC00 else {
      throw JSONError(.loneSurrogate, at: start)
    }
  }

  /// Consumes `\uXXXX`.
  private mutating func codeUnit(in bytes: Span<UInt8>) throws(JSONError) -> UInt16 {
    guard offset + 6 <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    guard let unit = Self.codeUnit(at: offset, in: bytes) else {
      throw JSONError(.invalidEscape, at: offset)
    }
    offset += 6
    return unit
  }
}

// MARK: - Decoding what was checked

extension JSONScanner {
  /// The text of bytes without escapes; `nil` if they are not UTF-8.
  static func text(of range: Range<Int>, in bytes: Span<UInt8>) -> String? {
    do {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      return nil
    }
  }

  /// The text of a string, escapes resolved.
  static func text(of slice: StringSlice, in bytes: Span<UInt8>) throws(JSONError) -> String {
    let text =
      slice.hasEscapes
      ? text(of: unescaped(slice.range, in: bytes)) : text(of: slice.range, in: bytes)
    guard let text else { throw JSONError(.invalidUTF8, at: slice.range.lowerBound) }
    return text
  }

  private static func text(of bytes: [UInt8]) -> String? {
    text(of: 0..<bytes.count, in: bytes.span)
  }

  /// The bytes of a string that the scanner has checked, escapes resolved.
  static func unescaped(_ range: Range<Int>, in bytes: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var place = range.lowerBound
    while place < range.upperBound {
      if bytes[place] != UInt8(ascii: "\\") {
        result.append(bytes[place])
        place += 1
      } else if let byte = unescaped(bytes[place + 1]) {
        result.append(byte)
        place += 2
      } else {
        place = appendScalar(at: place, in: bytes, to: &result)
      }
    }
    return result
  }

  /// Appends the scalar that one or two `\uXXXX` name; the place after it.
  private static func appendScalar(
    at place: Int, in bytes: Span<UInt8>, to result: inout [UInt8]
  ) -> Int {
    let first = UInt32(codeUnit(at: place, in: bytes) ?? 0)
    guard first & 0xF800 == 0xD800 else {
      append(first, to: &result)
      return place + 6
    }
    let second = UInt32(codeUnit(at: place + 6, in: bytes) ?? 0)
    append(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF, to: &result)
    return place + 12
  }

  private static func append(_ value: UInt32, to result: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// What a one-letter escape stands for.
  private static func unescaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// The code unit of `\uXXXX` at a place with six bytes; `nil` unless four hex digits stand there.
  private static func codeUnit(at place: Int, in bytes: Span<UInt8>) -> UInt16? {
    var unit: UInt16 = 0
    for digit in place + 2..<place + 6 {
      guard let value = hexDigit(bytes[digit]) else { return nil }
      unit = unit << 4 | UInt16(value)
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
