/// Base64 and base64url (RFC 4648), strict in both directions.
///
/// Decoding takes only what encoding makes: no blanks, no line breaks, no foreign letter, and the
/// unused bits of the last letter must be zero, so that a byte string has exactly one text.
public struct Base64: Sendable {
  private let alphabet: [UInt8]
  /// Six bits a letter; 0xff for what is no letter.
  private let values: [UInt8]
  private let padded: Bool

  /// RFC 4648 section 4: `+` and `/`, padded with `=`.
  public static let standard = Base64(last: "+/", padded: true)
  /// RFC 4648 section 5 as JOSE uses it (RFC 7515 section 2): `-` and `_`, never padded.
  public static let url = Base64(last: "-_", padded: false)

  private init(last: String, padded: Bool) {
    alphabet =
      Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
      + Array(last.utf8)
    var values = [UInt8](repeating: 0xff, count: 256)
    for (index, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(index) }
    self.values = values
    self.padded = padded
  }

  /// Bytes that the text of a byte string of this length takes.
  public func encodedLength(_ count: Int) -> Int {
    padded ? (count + 2) / 3 * 4 : (count * 4 + 2) / 3
  }

  /// The text of bytes.
  public func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    append(bytes.span, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text, or nil if it is not the canonical text of any.
  public func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    guard let count = decode(Array(text.utf8).span, into: &bytes) else { return nil }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Appends the text of bytes to a byte string.
  public func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
    let start = text.count
    let length = encodedLength(bytes.count)
    text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: length))
    text.withUnsafeMutableBufferPointer { output in
      bytes.withUnsafeBufferPointer { input in
        alphabet.withUnsafeBufferPointer { letters in
          Self.write(input, letters, UnsafeMutableBufferPointer(rebasing: output[start...]))
        }
      }
    }
  }

  private static func write(
    _ input: UnsafeBufferPointer<UInt8>, _ letters: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) {
    var from = 0
    var to = 0
    while from + 3 <= input.count {
      let group = Int(input[from]) << 16 | Int(input[from + 1]) << 8 | Int(input[from + 2])
      output[to] = letters[group >> 18]
      output[to + 1] = letters[group >> 12 & 63]
      output[to + 2] = letters[group >> 6 & 63]
      output[to + 3] = letters[group & 63]
      from += 3
      to += 4
    }
    guard from < input.count else { return }
    let two = from + 2 == input.count
    let group = Int(input[from]) << 16 | (two ? Int(input[from + 1]) << 8 : 0)
    output[to] = letters[group >> 18]
    output[to + 1] = letters[group >> 12 & 63]
    if two { output[to + 2] = letters[group >> 6 & 63] }
  }

  /// Decodes a text to the start of a scratch array, which grows as needed and never shrinks.
  ///
  /// Returns how many bytes were written, or nil if the text is not canonical; then the scratch
  /// holds nothing of worth.
  public func decode(_ text: Span<UInt8>, into scratch: inout [UInt8]) -> Int? {
    var letters = text.count
    if padded {
      guard letters % 4 == 0 else { return nil }
      if letters > 0 && text[letters - 1] == UInt8(ascii: "=") { letters -= 1 }
      if letters > 1 && text[letters - 1] == UInt8(ascii: "=") { letters -= 1 }
    }
    let rest = letters % 4
    guard rest != 1 else { return nil }
    let count = letters / 4 * 3 + (rest == 0 ? 0 : rest - 1)
    if scratch.count < count {
      scratch.append(contentsOf: repeatElement(0, count: count - scratch.count))
    }
    let good = scratch.withUnsafeMutableBufferPointer { output in
      text.withUnsafeBufferPointer { input in
        values.withUnsafeBufferPointer { values in
          Self.read(UnsafeBufferPointer(rebasing: input[..<letters]), values, output)
        }
      }
    }
    return good ? count : nil
  }

  private static func read(
    _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    var from = 0
    var to = 0
    // Letters have the two upper bits clear, so one test at the end finds any stranger.
    var seen: UInt8 = 0
    while from + 4 <= input.count {
      let a = values[Int(input[from])]
      let b = values[Int(input[from + 1])]
      let c = values[Int(input[from + 2])]
      let d = values[Int(input[from + 3])]
      seen |= a | b | c | d
      output[to] = a << 2 | b >> 4
      output[to + 1] = b << 4 | c >> 2
      output[to + 2] = c << 6 | d
      from += 4
      to += 3
    }
    guard from < input.count else { return seen < 64 }
    let a = values[Int(input[from])]
    let b = values[Int(input[from + 1])]
    output[to] = a << 2 | b >> 4
    seen |= a | b
    guard from + 3 == input.count else { return seen < 64 && b & 0xf == 0 }
    let c = values[Int(input[from + 2])]
    output[to + 1] = b << 4 | c >> 2
    return seen | c < 64 && c & 0x3 == 0
  }
}
