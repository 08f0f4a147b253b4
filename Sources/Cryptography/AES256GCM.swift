public import Diagnostics

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D) with random 96-bit nonces.
///
/// A box is nonce, ciphertext and 128-bit tag. With random nonces one key must not seal more than
/// 2^32 boxes: derive a key for each use with `HKDF`.
public struct AES256GCM: Sendable {
  private let key: Secret<[UInt8]>

  /// A cipher for a key of exactly 32 bytes.
  public init(key: Secret<[UInt8]>) throws(CryptographyError) {
    guard key.reveal().count == Self.keyLength else {
      throw .unsupportedKey("an AES-256 key has 32 bytes, not \(key.reveal().count)")
    }
    self.key = key
  }

  /// 32.
  public static let keyLength = 32
  private static let cipher = AuthenticatedCipher.aesGCM(.bits256)

  /// Encrypts and authenticates; the additional data is authenticated and must be given to `open`.
  public func seal(
    _ plaintext: [UInt8], additionalData: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    let sealed = try Self.cipher.seal(
      plaintext.span, key: key, additionalData: additionalData.span)
    return sealed.nonce + sealed.ciphertext + sealed.tag
  }

  /// Decrypts a box, or throws `notAuthentic` without giving away a byte of it.
  public func open(
    _ box: [UInt8], additionalData: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    let (nonce, tag) = (Self.cipher.nonceLength, Self.cipher.tagLength)
    guard box.count >= nonce + tag else { throw .notAuthentic }
    return try Self.cipher.open(
      box.span.extracting(nonce..<(box.count - tag)), nonce: box.span.extracting(0..<nonce),
      tag: box.span.extracting((box.count - tag)..<box.count), key: key,
      additionalData: additionalData.span)
  }
}
