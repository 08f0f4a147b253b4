internal import Cryptography
internal import Diagnostics

/// The encrypted content of a JWE: everything decoded, the lengths as `enc` demands.
struct SealedContent {
  private let cipher: AuthenticatedCipher
  private let nonce: [UInt8]
  private let ciphertext: [UInt8]
  private let tag: [UInt8]
  /// The header's text as it stands in the token.
  private let additionalData: [UInt8]

  init(
    _ text: Span<UInt8>, _ parts: CompactJWE, _ contentEncryption: JWEContentEncryption
  ) throws(JWEError) {
    cipher = contentEncryption.cipher
    nonce = try parts.bytes(of: .initializationVector, in: text)
    guard nonce.count == cipher.nonceLength else { throw .segmentLength(.initializationVector) }
    tag = try parts.bytes(of: .tag, in: text)
    // A shorter tag would be easier to guess, whatever a library makes of it.
    guard tag.count == cipher.tagLength else { throw .segmentLength(.tag) }
    ciphertext = try parts.bytes(of: .ciphertext, in: text)
    additionalData = parts.header.map { text[$0] }
  }

  /// The plaintext, or `decryption`.
  func open(with key: Secret<[UInt8]>) throws(JWEError) -> [UInt8] {
    do {
      return try cipher.open(
        ciphertext.span, nonce: nonce.span, tag: tag.span, key: key,
        additionalData: additionalData.span)
    } catch {
      throw .decryption
    }
  }
}
