/// What a recipient allows; a key's own `alg` narrows it further.
public struct JWEAllowance: Sendable {
  /// The key management algorithms.
  public var keyManagement: [JWEKeyManagement]
  /// The content encryption algorithms.
  public var contentEncryption: [JWEContentEncryption]

  /// An allowance; by default of all that this module knows.
  public init(
    keyManagement: [JWEKeyManagement] = JWEKeyManagement.allCases,
    contentEncryption: [JWEContentEncryption] = JWEContentEncryption.allCases
  ) {
    self.keyManagement = keyManagement
    self.contentEncryption = contentEncryption
  }
}

extension DecryptedJWE {
  /// Decrypts a text with one of several private keys.
  ///
  /// With a `kid`, only the key of that name is tried, or the only key there is if that has none;
  /// without one, each key that may be used with the header's algorithms. For the serving path,
  /// which has one key, see `JWEDecrypter`.
  public init(
    decrypting text: [UInt8], with keys: [PrivateJWK], allowing allowance: JWEAllowance,
    limit: Int = CompactJWE.limit
  ) throws(JWEError) {
    try self.init(text, allowance, limit) { (header) throws(JWEError) in
      var decrypters: [JWEDecrypter] = []
      for key in keys
      where header.isFor(key.publicHalf.keyID, amongKeys: keys.count)
        && key.publicHalf.keyManagement.contains(header.keyManagement)
      {
        decrypters.append(
          try JWEDecrypter(
            key, keyManagement: [header.keyManagement],
            contentEncryption: [header.contentEncryption]))
      }
      return decrypters
    }
  }

  /// Decrypts a text with one of several shared secrets.
  public init(
    decrypting text: [UInt8], withSecrets keys: [SecretJWK], allowing allowance: JWEAllowance,
    limit: Int = CompactJWE.limit
  ) throws(JWEError) {
    try self.init(text, allowance, limit) { (header) throws(JWEError) in
      var decrypters: [JWEDecrypter] = []
      for key in keys
      where header.isFor(key.keyID, amongKeys: keys.count)
        && key.keyManagement(header.contentEncryption).contains(header.keyManagement)
      {
        decrypters.append(
          try JWEDecrypter(
            sharing: key, keyManagement: [header.keyManagement],
            contentEncryption: [header.contentEncryption]))
      }
      return decrypters
    }
  }

  private init(
    _ text: [UInt8], _ allowance: JWEAllowance, _ limit: Int,
    _ decrypters: (JWEHeader) throws(JWEError) -> [JWEDecrypter]
  ) throws(JWEError) {
    let parts = try CompactJWE(splitting: text.span, limit: limit)
    let header = try JWEHeader(decoding: text.span.extracting(parts.header))
    guard allowance.keyManagement.contains(header.keyManagement) else {
      throw .algorithm(header.keyManagement.rawValue)
    }
    guard allowance.contentEncryption.contains(header.contentEncryption) else {
      throw .contentEncryption(header.contentEncryption.rawValue)
    }
    let candidates = try decrypters(header)
    guard !candidates.isEmpty else { throw .unknownKey }
    for candidate in candidates {
      do throws(JWEError) {
        plaintext = try candidate.decrypt(text.span, parts, header)
        self.header = header
        return
      } catch {
        guard error == .decryption else { throw error }
      }
    }
    throw .decryption
  }
}

extension JWEHeader {
  /// Whether a key of a name, one of so many, may be the one that `kid` means.
  fileprivate func isFor(_ keyID: String?, amongKeys count: Int) -> Bool {
    guard let wanted = self.keyID else { return true }
    guard let keyID else { return count == 1 }
    return keyID.utf8.elementsEqual(wanted.utf8)
  }
}
