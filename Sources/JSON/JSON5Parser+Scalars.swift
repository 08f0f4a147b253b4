// Strings and numbers of JSON5, sections 5 and 6.

extension JSON5Parser {
  mutating func string() throws(JSON5Error) -> String {
    let start = cursor.position
    let quote = try cursor.advance()
    var text = String.UnicodeScalarView()
    while let scalar = cursor.next, scalar != quote {
      switch scalar {
      case "\n", "\r": throw JSON5Error(.unterminatedString, at: start)
      case "\\": if let escaped = try escape() { text.append(escaped) }
      default: text.append(try cursor.advance())
      }
    }
    guard try cursor.skip(quote) else { throw JSON5Error(.unterminatedString, at: start) }
    return String(text)
  }

  /// Consumes an escape; `nil` for a line continuation.
  mutating func escape() throws(JSON5Error) -> Unicode.Scalar? {
    let start = cursor.position
    try cursor.advance()
    let letter = try cursor.advance()
    switch letter {
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case "x": return try hexadecimal(digits: 2, from: start)
    case "u": return try surrogatePair(from: start)
    case "0":
      if let digit = cursor.next, "0"..."9" ~= digit { throw JSON5Error(.invalidEscape, at: start) }
      return "\0"
    case "1"..."9": throw JSON5Error(.invalidEscape, at: start)
    case "\r":
      _ = try cursor.skip("\n")
      return nil
    default: return JSON5Cursor.isLineEnd(letter) ? nil : letter
    }
  }

  private mutating func hexadecimal(
    digits: Int, from start: SourcePosition
  ) throws(JSON5Error) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(try codeUnit(digits: digits, from: start)) else {
      throw JSON5Error(.loneSurrogate, at: start)
    }
    return scalar
  }

  private mutating func surrogatePair(
    from start: SourcePosition
  ) throws(JSON5Error) -> Unicode.Scalar {
    let first = try codeUnit(digits: 4, from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, try cursor.skip("\\"), try cursor.skip("u") else {
      throw JSON5Error(.loneSurrogate, at: start)
    }
    let second = try codeUnit(digits: 4, from: start)
    guard 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
    else { throw JSON5Error(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func codeUnit(
    digits: Int, from start: SourcePosition
  ) throws(JSON5Error) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = cursor.next?.hexValue else {
        throw JSON5Error(.invalidEscape, at: start)
      }
      try cursor.advance()
      unit = unit << 4 | digit
    }
    return unit
  }
}

// MARK: - Numbers

extension JSON5Parser {
  mutating func number() throws(JSON5Error) -> JSON5Node.Value {
    let start = cursor.position
    let isNegative = try cursor.skip("-")
    if !isNegative { _ = try cursor.skip("+") }
    if cursor.next == "I" || cursor.next == "N" { throw JSON5Error(.notFinite, at: start) }
    if cursor.next == "0", cursor.afterNext == "x" || cursor.afterNext == "X" {
      return .integer(try hexadecimalNumber(isNegative: isNegative, from: start))
    }
    let text = (isNegative ? "-" : "") + (try decimalText(from: start))
    if let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text) else { throw JSON5Error(.invalidNumber, at: start) }
    guard number.isFinite else { throw JSON5Error(.numberOutOfRange, at: start) }
    return .number(number)
  }

  private mutating func hexadecimalNumber(
    isNegative: Bool, from start: SourcePosition
  ) throws(JSON5Error) -> Int64 {
    try cursor.advance()
    try cursor.advance()
    let digits = try self.digits { $0.hexValue != nil }
    guard !digits.isEmpty, endsNumber else { throw JSON5Error(.invalidNumber, at: start) }
    guard let value = Int64((isNegative ? "-" : "") + digits, radix: 16) else {
      throw JSON5Error(.numberOutOfRange, at: start)
    }
    return value
  }

  /// Digits, a point with digits on one side at least, and an exponent.
  private mutating func decimalText(from start: SourcePosition) throws(JSON5Error) -> String {
    let whole = try digits(Self.isDigit)
    var text = whole.isEmpty ? "0" : whole
    var isNumber = !whole.isEmpty && (whole.count == 1 || !whole.hasPrefix("0"))
    if try cursor.skip(".") {
      let fraction = try digits(Self.isDigit)
      isNumber = whole.isEmpty ? !fraction.isEmpty : isNumber
      text += "." + (fraction.isEmpty ? "0" : fraction)
    }
    if isNumber, cursor.next == "e" || cursor.next == "E" {
      try cursor.advance()
      let isNegative = try cursor.skip("-")
      if !isNegative { _ = try cursor.skip("+") }
      let exponent = try digits(Self.isDigit)
      isNumber = !exponent.isEmpty
      text += isNegative ? "e-\(exponent)" : "e\(exponent)"
    }
    guard isNumber, endsNumber else { throw JSON5Error(.invalidNumber, at: start) }
    return text
  }

  private mutating func digits(
    _ belongs: (Unicode.Scalar) -> Bool
  ) throws(JSON5Error) -> String {
    var text = ""
    while let scalar = cursor.next, belongs(scalar) {
      text.unicodeScalars.append(try cursor.advance())
    }
    return text
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }

  /// Whether what follows can stand after a number: `10m` without quotes is a fault of its own.
  private var endsNumber: Bool {
    guard let scalar = cursor.next else { return true }
    return !(scalar.properties.isIDContinue || scalar == "." || scalar == "$")
  }
}

extension Unicode.Scalar {
  /// The value of an ASCII hexadecimal digit.
  fileprivate var hexValue: UInt32? {
    switch self {
    case "0"..."9": value - 0x30
    case "a"..."f": value - 0x61 + 10
    case "A"..."F": value - 0x41 + 10
    default: nil
    }
  }
}
