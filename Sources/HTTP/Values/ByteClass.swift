/// A set of ASCII bytes as 128 bits; bytes from 0x80 are never in it.
///
/// The words are constants, so that the parser's inner loops need neither a table in memory nor
/// one made at the start.
struct ByteClass: Sendable {
  let low: UInt64
  let high: UInt64

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    let word = byte & 0x40 == 0 ? low : high
    return (word >> UInt64(byte & 0x3f)) & 1 == 1
  }

  /// `tchar` of RFC 9110 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``.
  static var token: ByteClass {
    @inline(__always) get { .init(low: 0x03ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe) }
  }

  /// `unreserved` of RFC 3986 2.3: letters, digits and `-._~`.
  static var unreserved: ByteClass {
    @inline(__always) get { .init(low: 0x03ff_6000_0000_0000, high: 0x47ff_fffe_87ff_fffe) }
  }

  /// `pchar` of RFC 3986 3.3 without the percent sign, and the slash.
  static var path: ByteClass {
    @inline(__always) get { .init(low: 0x2fff_ffd2_0000_0000, high: 0x47ff_fffe_87ff_ffff) }
  }

  /// `reg-name` of RFC 3986 3.2.2 without the percent sign.
  static var host: ByteClass {
    @inline(__always) get { .init(low: 0x2bff_7fd2_0000_0000, high: 0x47ff_fffe_87ff_fffe) }
  }
}

extension UInt8 {
  /// A carriage return.
  static var carriageReturn: UInt8 { 0x0d }
  /// A line feed.
  static var lineFeed: UInt8 { 0x0a }
  /// A horizontal tab.
  static var tab: UInt8 { 0x09 }
  /// A space.
  static var space: UInt8 { 0x20 }

  /// Whether a field value may hold this byte inside (RFC 9110 5.5): visible, space, tab or obs-text.
  @inline(__always)
  var isFieldContent: Bool { self >= 0x20 ? self != 0x7f : self == .tab }

  /// Whether this is a space or a tab (`OWS`).
  @inline(__always)
  var isBlank: Bool { self == .space || self == .tab }

  /// The lower-case form of an ASCII letter; any other byte is itself.
  @inline(__always)
  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  /// Whether this is an ASCII letter or digit.
  @inline(__always)
  var isAlphanumeric: Bool { lowercased &- 0x61 < 26 || self &- 0x30 < 10 }

  /// The value of a hexadecimal digit.
  @inline(__always)
  var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self &- 0x30
    case 0x41...0x46: self &- 0x37
    case 0x61...0x66: self &- 0x57
    default: nil
    }
  }

  /// The upper-case hexadecimal digit of a value under sixteen.
  static func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value + 0x37 }
}
