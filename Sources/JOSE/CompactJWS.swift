internal import Cryptography

/// Where the three segments of a compact JWS lie in its text (RFC 7515 7.1).
///
/// Only positions: the text stays where it is, and nothing is decoded or trusted yet.
public struct CompactJWS: Sendable {
  /// The base64url text of the protected header.
  public let header: Range<Int>
  /// The base64url text of the payload.
  public let payload: Range<Int>
  /// The base64url text of the signature.
  public let signature: Range<Int>

  /// The most bytes of a token, unless the caller says otherwise.
  public static let limit = 16_384

  /// Splits a text at its dots; there must be exactly two.
  public init(splitting text: Span<UInt8>, limit: Int = CompactJWS.limit) throws(JOSEError) {
    guard text.count <= limit else { throw .tooLarge(limit: limit) }
    var dots = 0
    var first = 0
    var second = 0
    for index in 0..<text.count where text[index] == UInt8(ascii: ".") {
      dots += 1
      if dots == 1 { first = index } else { second = index }
    }
    guard dots == 2 else { throw .segmentCount }
    header = 0..<first
    payload = (first + 1)..<second
    signature = (second + 1)..<text.count
  }

  /// What is signed: header, dot, payload.
  public var signingInput: Range<Int> { 0..<payload.upperBound }

  /// The bytes of the payload.
  public func payloadBytes(in text: Span<UInt8>) throws(JOSEError) -> [UInt8] {
    var bytes: [UInt8] = []
    guard let count = Base64.url.decode(text.extracting(payload), into: &bytes) else {
      throw .notBase64URL(.payload)
    }
    // The scratch was empty, so it has grown to just this.
    assert(bytes.count == count)
    return bytes
  }
}
