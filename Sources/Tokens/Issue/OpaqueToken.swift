internal import Cryptography
internal import Diagnostics
internal import OAuth
internal import Ports

/// An opaque access token: a version 4 UUID, `_`, and 128 further random bits in base64url.
///
/// RFC 6749 10.10 wants a guess to succeed at most once in 2^128; a UUID alone has 122 random bits,
/// and is made only where the config asks for it. Only the SHA-256 of the whole text is stored, so
/// that storage gives no token away.
struct OpaqueToken: Sendable {
  /// The token as the client gets it.
  let text: [UInt8]

  /// The length of a token with its further bits.
  static let longLength = uuidLength + 1 + 22
  private static let uuidLength = 36

  /// A new token.
  init(_ form: OpaqueTokenForm) {
    var uuid = Random.bytes(16)
    uuid[6] = uuid[6] & 0x0f | 0x40
    uuid[8] = uuid[8] & 0x3f | 0x80
    var text: [UInt8] = []
    text.reserveCapacity(Self.longLength)
    for (index, byte) in uuid.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 0xf))
    }
    if form == .long {
      text.append(UInt8(ascii: "_"))
      Base64.url.append(Random.bytes(16).span, to: &text)
    }
    self.text = text
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }

  /// Whether a text could be one of ours; that says nothing about whether it is active.
  ///
  /// A bare UUID could be only where such tokens are made; long ones are known there too.
  static func isWellFormed(_ text: Span<UInt8>, _ form: OpaqueTokenForm) -> Bool {
    switch text.count {
    case longLength: isUUID(text) && hasFurtherBits(text)
    case uuidLength: form == .bare && isUUID(text)
    default: false
    }
  }

  private static func isUUID(_ text: Span<UInt8>) -> Bool {
    guard text[14] == UInt8(ascii: "4") else { return false }
    for index in 0..<uuidLength {
      let isDash = [8, 13, 18, 23].contains(index)
      guard isDash ? text[index] == UInt8(ascii: "-") : isDigit(text[index]) else { return false }
    }
    return true
  }

  private static func hasFurtherBits(_ text: Span<UInt8>) -> Bool {
    guard text[uuidLength] == UInt8(ascii: "_") else { return false }
    var scratch: [UInt8] = []
    return Base64.url.decode(text.extracting((uuidLength + 1)..<longLength), into: &scratch) == 16
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
