public import Diagnostics

/// Authenticated encryption with associated data (RFC 5116) by AES.
///
/// Safe from any thread: each thread keeps a context for each cipher. With random nonces one GCM key
/// must not seal more than 2^32 messages (NIST SP 800-38D 8.3).
public enum AuthenticatedCipher: Hashable, Sendable {
  /// Galois/Counter Mode (NIST SP 800-38D): 96-bit nonce, 128-bit tag.
  case aesGCM(AESKeyLength)
  /// CBC and HMAC-SHA-2, encrypt then MAC (RFC 7518 5.2); the AES key is half of the whole key.
  case aesCBCHMAC(AESKeyLength)

  /// Bytes in a key.
  public var keyLength: Int {
    switch self {
    case .aesGCM(let length): length.bytes
    case .aesCBCHMAC(let length): length.bytes * 2
    }
  }

  /// Bytes in a nonce, or initialisation vector.
  public var nonceLength: Int {
    switch self {
    case .aesGCM: 12
    case .aesCBCHMAC: 16
    }
  }

  /// Bytes in a tag; a shorter one is never accepted.
  public var tagLength: Int {
    switch self {
    case .aesGCM: 16
    case .aesCBCHMAC(let length): length.bytes
    }
  }

  /// What `seal` makes.
  public struct Sealed: Sendable {
    /// The random nonce.
    public let nonce: [UInt8]
    /// The ciphertext.
    public let ciphertext: [UInt8]
    /// The tag over additional data, nonce and ciphertext.
    public let tag: [UInt8]
  }

  /// Encrypts and authenticates under a random nonce; `open` must be given the additional data.
  public func seal(
    _ plaintext: Span<UInt8>, key: Secret<[UInt8]>, additionalData: Span<UInt8>
  ) throws(CryptographyError) -> Sealed {
    let key = try checked(key)
    let nonce = Random.bytes(nonceLength)
    let sealed =
      switch self {
      case .aesGCM(let length): AESGCM(length).seal(plaintext, key, nonce, additionalData)
      case .aesCBCHMAC(let length): AESCBCHMAC(length).seal(plaintext, key, nonce, additionalData)
      }
    guard let sealed else { throw .libcrypto("encryption") }
    return Sealed(nonce: nonce, ciphertext: sealed.ciphertext, tag: sealed.tag)
  }

  /// Decrypts, or throws `notAuthentic` without giving away a byte.
  public func open(
    _ ciphertext: Span<UInt8>, nonce: Span<UInt8>, tag: Span<UInt8>, key: Secret<[UInt8]>,
    additionalData: Span<UInt8>
  ) throws(CryptographyError) -> [UInt8] {
    let key = try checked(key)
    guard nonce.count == nonceLength, tag.count == tagLength else { throw .notAuthentic }
    let plaintext =
      switch self {
      case .aesGCM(let length):
        AESGCM(length).open(ciphertext, key, nonce, tag, additionalData)
      case .aesCBCHMAC(let length):
        AESCBCHMAC(length).open(ciphertext, key, nonce, tag, additionalData)
      }
    guard let plaintext else { throw .notAuthentic }
    return plaintext
  }

  private func checked(_ key: Secret<[UInt8]>) throws(CryptographyError) -> [UInt8] {
    let bytes = key.reveal()
    guard bytes.count == keyLength else {
      throw .unsupportedKey("the cipher's key has \(keyLength) bytes, not \(bytes.count)")
    }
    return bytes
  }
}
