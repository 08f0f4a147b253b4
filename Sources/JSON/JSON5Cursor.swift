/// A place in a JSON5 text that moves forward and knows its line and column.
struct JSON5Cursor {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8], limits: JSONLimits) throws(JSON5Error) {
    let start = SourcePosition(line: 1, column: 1)
    guard bytes.count <= limits.bytes else { throw JSON5Error(.tooLarge, at: start) }
    do {
      scalars = Array(String(copying: try UTF8Span(validating: bytes.span)).unicodeScalars)
    } catch {
      throw JSON5Error(.notUTF8, at: Self.position(of: error.byteOffsets.lowerBound, in: bytes))
    }
  }

  /// Where the next character stands.
  var position: SourcePosition { SourcePosition(line: line, column: column) }

  /// The next character; `nil` at the end.
  var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// The character after the next.
  var afterNext: Unicode.Scalar? { index + 1 < scalars.count ? scalars[index + 1] : nil }

  /// Steps over the next character and returns it.
  @discardableResult
  mutating func advance() throws(JSON5Error) -> Unicode.Scalar {
    guard let scalar = next else { throw JSON5Error(.unexpectedEnd, at: position) }
    index += 1
    if scalar == "\n" || (scalar == "\r" && next != "\n") {
      line += 1
      column = 1
    } else if scalar != "\r" {
      column += 1
    }
    return scalar
  }

  /// Steps over the next character if it is the given one; whether it was.
  mutating func skip(_ scalar: Unicode.Scalar) throws(JSON5Error) -> Bool {
    guard next == scalar else { return false }
    try advance()
    return true
  }

  /// Steps over white space and comments.
  mutating func skipBlank() throws(JSON5Error) {
    while let scalar = next {
      if Self.isSpace(scalar) {
        try advance()
      } else if scalar == "/", afterNext == "/" {
        while let inside = next, !Self.isLineEnd(inside) { try advance() }
      } else if scalar == "/", afterNext == "*" {
        try skipBlockComment()
      } else {
        return
      }
    }
  }

  private mutating func skipBlockComment() throws(JSON5Error) {
    let start = position
    try advance()
    try advance()
    while next != nil {
      if try advance() == "*", try skip("/") { return }
    }
    throw JSON5Error(.unterminatedComment, at: start)
  }

  static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\u{B}", "\u{C}", " ", "\u{A0}", "\u{FEFF}": true
    case "\u{1680}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}": true
    default: isLineEnd(scalar)
    }
  }

  /// The place of a byte, counting every byte that begins a character.
  private static func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
    let before = bytes.prefix(offset)
    let lineStart = (before.lastIndex { $0 == 0x0A || $0 == 0x0D } ?? -1) + 1
    let text = String(decoding: before, as: UTF8.self)
    let lines = text.reduce(into: 1) { count, character in
      if character == "\n" || character == "\r" || character == "\r\n" { count += 1 }
    }
    let column = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
    return SourcePosition(line: lines, column: column + 1)
  }
}
