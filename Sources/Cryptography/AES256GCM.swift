internal import COpenSSL
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
  private static let nonceLength = 12
  private static let tagLength = 16

  /// Encrypts and authenticates; the additional data is authenticated and must be given to `open`.
  public func seal(
    _ plaintext: [UInt8], additionalData: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    let context = allocated(EVP_CIPHER_CTX_new())
    defer { EVP_CIPHER_CTX_free(context) }
    let nonce = Random.bytes(Self.nonceLength)
    var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
    var tag = [UInt8](repeating: 0, count: Self.tagLength)
    var written: Int32 = 0
    guard EVP_EncryptInit_ex2(context, Algorithms.aes256GCM, key.reveal(), nonce, nil) == 1,
      EVP_EncryptUpdate(context, nil, &written, additionalData, Int32(additionalData.count)) == 1,
      EVP_EncryptUpdate(context, &ciphertext, &written, plaintext, Int32(plaintext.count)) == 1,
      EVP_EncryptFinal_ex(context, nil, &written) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagLength), &tag) == 1
    else { throw .libcrypto("AES-256-GCM seal") }
    return nonce + ciphertext + tag
  }

  /// Decrypts a box, or throws `notAuthentic` without giving away a byte of it.
  public func open(
    _ box: [UInt8], additionalData: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    guard box.count >= Self.nonceLength + Self.tagLength else { throw .notAuthentic }
    let nonce = Array(box[..<Self.nonceLength])
    let ciphertext = Array(box[Self.nonceLength..<(box.count - Self.tagLength)])
    var tag = Array(box[(box.count - Self.tagLength)...])
    let context = allocated(EVP_CIPHER_CTX_new())
    defer { EVP_CIPHER_CTX_free(context) }
    var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
    var written: Int32 = 0
    guard EVP_DecryptInit_ex2(context, Algorithms.aes256GCM, key.reveal(), nonce, nil) == 1,
      EVP_DecryptUpdate(context, nil, &written, additionalData, Int32(additionalData.count)) == 1,
      EVP_DecryptUpdate(context, &plaintext, &written, ciphertext, Int32(ciphertext.count)) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagLength), &tag) == 1,
      EVP_DecryptFinal_ex(context, nil, &written) == 1
    else {
      ERR_clear_error()
      throw .notAuthentic
    }
    return plaintext
  }
}
