internal import Cryptography
internal import Diagnostics

/// The recipient's side of key management: comes by the content encryption key.
enum JWEKeyUnwrapper: Sendable {
  case shared(Secret<[UInt8]>)
  case privateKey(PrivateKey)

  /// The content encryption key, of the length that `enc` demands.
  ///
  /// Throws `segmentLength` where there is an encrypted key and should be none, `headerParameter`
  /// for an `epk` that is no key on the recipient's curve; else `decryption` alone.
  func contentKey(
    _ encryptedKey: [UInt8], _ header: JWEHeader
  ) throws(JWEError) -> Secret<[UInt8]> {
    switch (header.keyManagement.method, self, header.keyParameters) {
    case (.direct, .shared(let key), _):
      guard encryptedKey.isEmpty else { throw .segmentLength(.encryptedKey) }
      return key
    case (.keyWrap, .shared(let key), _):
      return try Self.unwrap(encryptedKey, under: key, header.contentEncryption)
    case (.gcmKeyWrap(let length), .shared(let key), .gcmKeyWrap(let nonce, let tag)):
      let opened = try Self.open(encryptedKey, .aesGCM(length), key, nonce: nonce, tag: tag)
      return try Self.checked(opened, header.contentEncryption)
    case (.oaep(let scheme), .privateKey(let key), _):
      return Self.decrypt(encryptedKey, scheme, key, header.contentEncryption)
    case (.agreement(let wrap), .privateKey(let key), .agreement(let ephemeral, let parties)):
      let secret = try Self.agree(key, ephemeral)
      return try Self.derive(secret, wrap, encryptedKey, header, parties)
    default: throw .decryption
    }
  }

  private static func checked(
    _ key: Secret<[UInt8]>, _ contentEncryption: JWEContentEncryption
  ) throws(JWEError) -> Secret<[UInt8]> {
    guard key.reveal().count == contentEncryption.keyLength else { throw .decryption }
    return key
  }

  static func unwrap(
    _ wrapped: [UInt8], under key: Secret<[UInt8]>, _ contentEncryption: JWEContentEncryption
  ) throws(JWEError) -> Secret<[UInt8]> {
    do {
      return try checked(try AESKeyWrap(key: key).unwrap(wrapped.span), contentEncryption)
    } catch {
      throw .decryption
    }
  }

  private static func open(
    _ sealed: [UInt8], _ cipher: AuthenticatedCipher, _ key: Secret<[UInt8]>, nonce: [UInt8],
    tag: [UInt8]
  ) throws(JWEError) -> Secret<[UInt8]> {
    let none: [UInt8] = []
    do {
      return Secret(
        try cipher.open(
          sealed.span, nonce: nonce.span, tag: tag.span, key: key, additionalData: none.span))
    } catch {
      throw .decryption
    }
  }

  /// Decrypts with RSA; where that fails, a random key takes the place.
  ///
  /// "If the decryption fails, substitute a randomly generated CEK" (RFC 7516 11.5): the content
  /// then fails in the same way and after the same work as if only it had been altered.
  private static func decrypt(
    _ encryptedKey: [UInt8], _ scheme: RSAOAEP, _ key: PrivateKey,
    _ contentEncryption: JWEContentEncryption
  ) -> Secret<[UInt8]> {
    let substitute = Secret(Random.bytes(contentEncryption.keyLength))
    do {
      let decrypted = try scheme.decrypt(encryptedKey.span, with: key)
      return decrypted.reveal().count == contentEncryption.keyLength ? decrypted : substitute
    } catch {
      return substitute
    }
  }

  private static func agree(
    _ key: PrivateKey, _ ephemeral: PublicKeyComponents
  ) throws(JWEError) -> Secret<[UInt8]> {
    let peer: PublicKey
    do {
      // Refuses a point that is not on its curve: answers to such would give the key away.
      peer = try PublicKey(ephemeral)
    } catch {
      throw .headerParameter("epk")
    }
    guard peer.type == key.type else { throw .headerParameter("epk") }
    do {
      return try key.sharedSecret(with: peer)
    } catch {
      throw .decryption
    }
  }

  private static func derive(
    _ secret: Secret<[UInt8]>, _ wrap: AESKeyLength?, _ encryptedKey: [UInt8],
    _ header: JWEHeader, _ parties: KeyAgreementParties
  ) throws(JWEError) -> Secret<[UInt8]> {
    guard let wrap else {
      guard encryptedKey.isEmpty else { throw .segmentLength(.encryptedKey) }
      let name = header.contentEncryption.rawValue
      return parties.derive(
        from: secret, for: name, bytes: header.contentEncryption.keyLength)
    }
    let wrapping = parties.derive(
      from: secret, for: header.keyManagement.rawValue, bytes: wrap.bytes)
    return try unwrap(encryptedKey, under: wrapping, header.contentEncryption)
  }
}
