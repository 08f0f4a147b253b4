public import Cryptography
public import Diagnostics

/// Decrypts compact JWE with one key, by the algorithms that its owner allows.
///
/// Safe from any thread, and quick enough for a loop: it waits for nothing and holds no lock. The
/// costs are 1 to 2 us for `dir` and the AES wraps, a scalar multiplication for `ECDH-ES` and a
/// private RSA operation for `RSA-OAEP`.
public struct JWEDecrypter: Sendable {
  /// The `kid` of the key: a header that names another is refused.
  public let keyID: String?
  private let unwrapper: JWEKeyUnwrapper
  private let keyManagement: [JWEKeyManagement]
  private let contentEncryption: [JWEContentEncryption]

  /// A decrypter with a private key; throws `algorithm` for one that does not fit it.
  public init(
    _ key: PrivateKey, keyID: String? = nil, keyManagement: [JWEKeyManagement],
    contentEncryption: [JWEContentEncryption]
  ) throws(JWEError) {
    for algorithm in keyManagement where !algorithm.fits(key.type) {
      throw .algorithm(algorithm.rawValue)
    }
    self.init(.privateKey(key), keyID, keyManagement, contentEncryption)
  }

  /// A decrypter with a key that both sides have.
  ///
  /// Throws `algorithm` for one that does not fit the key's length: with `dir`, that must be what
  /// every content encryption allowed demands.
  public init(
    sharing key: Secret<[UInt8]>, keyID: String? = nil, keyManagement: [JWEKeyManagement],
    contentEncryption: [JWEContentEncryption]
  ) throws(JWEError) {
    let length = key.reveal().count
    for algorithm in keyManagement
    where !contentEncryption.allSatisfy({ algorithm.fits(sharedKeyOf: length, $0) }) {
      throw .algorithm(algorithm.rawValue)
    }
    self.init(.shared(key), keyID, keyManagement, contentEncryption)
  }

  private init(
    _ unwrapper: JWEKeyUnwrapper, _ keyID: String?, _ keyManagement: [JWEKeyManagement],
    _ contentEncryption: [JWEContentEncryption]
  ) {
    self.unwrapper = unwrapper
    self.keyID = keyID
    self.keyManagement = keyManagement
    self.contentEncryption = contentEncryption
  }

  /// Splits, reads and decrypts a text.
  public func decrypt(
    _ text: [UInt8], limit: Int = CompactJWE.limit
  ) throws(JWEError) -> DecryptedJWE {
    let parts = try CompactJWE(splitting: text.span, limit: limit)
    let header = try JWEHeader(decoding: text.span.extracting(parts.header))
    return DecryptedJWE(header: header, plaintext: try decrypt(text.span, parts, header))
  }

  /// The plaintext of a split text whose header was read (RFC 7516 5.2).
  ///
  /// Whatever fails once the key is used is `decryption`.
  public func decrypt(
    _ text: Span<UInt8>, _ parts: CompactJWE, _ header: JWEHeader
  ) throws(JWEError) -> [UInt8] {
    guard keyManagement.contains(header.keyManagement) else {
      throw .algorithm(header.keyManagement.rawValue)
    }
    guard contentEncryption.contains(header.contentEncryption) else {
      throw .contentEncryption(header.contentEncryption.rawValue)
    }
    if let keyID, let named = header.keyID, !named.utf8.elementsEqual(keyID.utf8) {
      throw .unknownKey
    }
    let encryptedKey = try parts.bytes(of: .encryptedKey, in: text)
    let sealed = try SealedContent(text, parts, header.contentEncryption)
    return try sealed.open(with: try unwrapper.contentKey(encryptedKey, header))
  }
}

/// A JWE that was decrypted: made by that only.
///
/// Decryption says that the content is whole. Who made it, it says only where the key is shared:
/// anyone may encrypt to a public key.
public struct DecryptedJWE: Sendable {
  /// The header.
  public let header: JWEHeader
  /// The content.
  public let plaintext: [UInt8]
}
