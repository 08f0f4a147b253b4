internal import Cryptography

/// Where the five segments of a compact JWE lie in its text (RFC 7516 7.1).
///
/// Only positions: the text stays where it is, and nothing is decoded or trusted yet.
public struct CompactJWE: Sendable {
  /// The base64url text of the protected header, which is authenticated as it stands.
  public let header: Range<Int>
  /// The base64url text of the encrypted key; empty where the key is agreed on or shared.
  public let encryptedKey: Range<Int>
  /// The base64url text of the initialisation vector.
  public let initializationVector: Range<Int>
  /// The base64url text of the ciphertext.
  public let ciphertext: Range<Int>
  /// The base64url text of the authentication tag.
  public let tag: Range<Int>

  /// The most bytes of a token, unless the caller says otherwise: a JWS of the same limit fits in.
  public static let limit = 24_576

  /// Splits a text at its dots; there must be exactly four.
  public init(splitting text: Span<UInt8>, limit: Int = CompactJWE.limit) throws(JWEError) {
    guard text.count <= limit else { throw .tooLarge(limit: limit) }
    var dots: InlineArray<4, Int> = .init(repeating: 0)
    var count = 0
    for index in text.indices where text[index] == UInt8(ascii: ".") {
      guard count < dots.count else { throw .segmentCount }
      dots[count] = index
      count += 1
    }
    guard count == dots.count else { throw .segmentCount }
    header = 0..<dots[0]
    encryptedKey = (dots[0] + 1)..<dots[1]
    initializationVector = (dots[1] + 1)..<dots[2]
    ciphertext = (dots[2] + 1)..<dots[3]
    tag = (dots[3] + 1)..<text.count
  }

  func range(of segment: JWESegment) -> Range<Int> {
    switch segment {
    case .header: header
    case .encryptedKey: encryptedKey
    case .initializationVector: initializationVector
    case .ciphertext: ciphertext
    case .tag: tag
    }
  }

  /// The bytes of a segment.
  func bytes(of segment: JWESegment, in text: Span<UInt8>) throws(JWEError) -> [UInt8] {
    var bytes: [UInt8] = []
    guard Base64.url.decode(text.extracting(range(of: segment)), into: &bytes) != nil else {
      throw .notBase64URL(segment)
    }
    return bytes
  }
}
