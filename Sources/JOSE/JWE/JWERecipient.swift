internal import Cryptography
internal import Diagnostics

/// The sender's side of key management: makes a content encryption key for one recipient.
enum JWERecipient: Sendable {
  case shared(Secret<[UInt8]>)
  case publicKey(PublicKey)

  /// A content encryption key, and what the recipient needs to come by it.
  struct ContentKey {
    let key: Secret<[UInt8]>
    var encryptedKey: [UInt8] = []
    /// Members that the header needs besides the fixed ones.
    var parameters = JWEKeyParameters()
  }

  /// Whether an algorithm may be used with this key.
  func fits(_ algorithm: JWEKeyManagement, _ contentEncryption: JWEContentEncryption) -> Bool {
    switch self {
    case .shared(let key):
      algorithm.fits(sharedKeyOf: key.reveal().count, contentEncryption)
    case .publicKey(let key): algorithm.fits(key.type)
    }
  }

  /// Makes a key; the algorithm must fit.
  func makeKey(
    _ algorithm: JWEKeyManagement, _ contentEncryption: JWEContentEncryption,
    _ parties: KeyAgreementParties
  ) throws(CryptographyError) -> ContentKey {
    switch (algorithm.method, self) {
    case (.direct, .shared(let key)): return ContentKey(key: key)
    case (.keyWrap, .shared(let key)):
      let made = Self.random(contentEncryption)
      return ContentKey(key: made, encryptedKey: try AESKeyWrap(key: key).wrap(made))
    case (.gcmKeyWrap(let length), .shared(let key)):
      return try Self.sealed(Self.random(contentEncryption), .aesGCM(length), key)
    case (.oaep(let scheme), .publicKey(let key)):
      let made = Self.random(contentEncryption)
      return ContentKey(key: made, encryptedKey: try scheme.encrypt(made, to: key))
    case (.agreement(let wrap), .publicKey(let key)):
      return try Self.agreed(algorithm, wrap, contentEncryption, key, parties)
    default: throw .wrongKeyType
    }
  }

  private static func random(_ contentEncryption: JWEContentEncryption) -> Secret<[UInt8]> {
    Secret(Random.bytes(contentEncryption.keyLength))
  }

  private static func sealed(
    _ made: Secret<[UInt8]>, _ cipher: AuthenticatedCipher, _ key: Secret<[UInt8]>
  ) throws(CryptographyError) -> ContentKey {
    let (bytes, none): ([UInt8], [UInt8]) = (made.reveal(), [])
    let sealed = try cipher.seal(bytes.span, key: key, additionalData: none.span)
    return ContentKey(
      key: made, encryptedKey: sealed.ciphertext,
      parameters: JWEKeyParameters(nonce: sealed.nonce, tag: sealed.tag))
  }

  private static func agreed(
    _ algorithm: JWEKeyManagement, _ wrap: AESKeyLength?,
    _ contentEncryption: JWEContentEncryption, _ key: PublicKey, _ parties: KeyAgreementParties
  ) throws(CryptographyError) -> ContentKey {
    let ephemeral = try PrivateKey.generate(key.type)
    let secret = try ephemeral.sharedSecret(with: key)
    let parameters = JWEKeyParameters(ephemeralKey: try ephemeral.publicComponents())
    guard let wrap else {
      let derived = parties.derive(
        from: secret, for: contentEncryption.rawValue, bytes: contentEncryption.keyLength)
      return ContentKey(key: derived, parameters: parameters)
    }
    let wrapping = parties.derive(from: secret, for: algorithm.rawValue, bytes: wrap.bytes)
    let made = random(contentEncryption)
    return ContentKey(
      key: made, encryptedKey: try AESKeyWrap(key: wrapping).wrap(made), parameters: parameters)
  }
}
