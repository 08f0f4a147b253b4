// Literals and numbers: the leaves of the grammar that need no decoding.

extension JSONScanner {
  /// A number's bytes, and whether it has neither fraction nor exponent.
  struct NumberSlice {
    let range: Range<Int>
    let isWhole: Bool
  }

  /// Consumes `true`, `false` or `null`.
  mutating func literal(in bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    switch bytes[offset] {
    case UInt8(ascii: "t"): return try word("true", .bool(true), in: bytes)
    case UInt8(ascii: "f"): return try word("false", .bool(false), in: bytes)
    case UInt8(ascii: "n"): return try word("null", .null, in: bytes)
    default: throw JSONError(.unexpectedByte, at: offset)
    }
  }

  private mutating func word(
    _ text: String, _ value: JSONValue, in bytes: Span<UInt8>
  ) throws(JSONError) -> JSONValue {
    for byte in text.utf8 {
      guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
      guard bytes[offset] == byte else { throw JSONError(.invalidLiteral, at: offset) }
      offset += 1
    }
    return value
  }

  /// Consumes a number (RFC 8259 section 6): no leading zero, no bare point, no plus.
  mutating func number(in bytes: Span<UInt8>) throws(JSONError) -> NumberSlice {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "0") {
      offset += 1
      guard !isDigit(in: bytes) else { throw JSONError(.invalidNumber, at: offset) }
    } else {
      try digits(in: bytes)
    }
    var isWhole = true
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      isWhole = false
      offset += 1
      try digits(in: bytes)
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      offset += 1
      if offset < bytes.count,
        bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
      {
        offset += 1
      }
      try digits(in: bytes)
    }
    return NumberSlice(range: start..<offset, isWhole: isWhole)
  }

  private func isDigit(in bytes: Span<UInt8>) -> Bool {
    offset < bytes.count && bytes[offset] &- UInt8(ascii: "0") <= 9
  }

  private mutating func digits(in bytes: Span<UInt8>) throws(JSONError) {
    guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
    guard isDigit(in: bytes) else { throw JSONError(.invalidNumber, at: offset) }
    while isDigit(in: bytes) { offset += 1 }
  }

  /// The value of a number's bytes: an integer where it can be one, else a finite double.
  static func value(of number: NumberSlice, in bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    if number.isWhole, let integer = integer(of: number.range, in: bytes) {
      return .integer(integer)
    }
    guard let text = text(of: number.range, in: bytes), let value = Double(text) else {
      throw JSONError(.invalidNumber, at: number.range.lowerBound)
    }
    guard value.isFinite else { throw JSONError(.numberOutOfRange, at: number.range.lowerBound) }
    return .number(value)
  }

  /// Digits that the scanner has checked, as 64 bits; `nil` where they do not fit.
  static func integer(of range: Range<Int>, in bytes: Span<UInt8>) -> Int64? {
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var value: Int64 = 0
    for place in (isNegative ? range.lowerBound + 1 : range.lowerBound)..<range.upperBound {
      let digit = Int64(bytes[place] &- UInt8(ascii: "0"))
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      // Negative numbers grow downwards, since -2^63 has no positive twin.
      let (sum, overflow) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      guard !tooLarge, !overflow else { return nil }
      value = sum
    }
    return value
  }
}
