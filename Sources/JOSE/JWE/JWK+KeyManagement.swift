internal import Cryptography
internal import Diagnostics

extension JWK {
  /// The algorithms of JWE that may be used to encrypt to it; none if it is for signatures.
  public var keyManagement: [JWEKeyManagement] {
    guard use != .signature else { return [] }
    return JWEKeyManagement.allCases.filter {
      $0.fits(key.type) && (algorithmName == nil || algorithmName == $0.rawValue)
    }
  }
}

extension SecretJWK {
  /// The algorithms of JWE that may be used with it and a content encryption.
  ///
  /// A key whose `alg` names a content encryption is for that alone, directly (RFC 7520 5.6).
  public func keyManagement(_ contentEncryption: JWEContentEncryption) -> [JWEKeyManagement] {
    guard use != .signature else { return [] }
    let length = bytes.reveal().count
    return JWEKeyManagement.allCases.filter { algorithm in
      guard algorithm.fits(sharedKeyOf: length, contentEncryption) else { return false }
      guard let algorithmName else { return true }
      return algorithmName == algorithm.rawValue
        || (algorithm == .direct && algorithmName == contentEncryption.rawValue)
    }
  }
}

extension JWEEncrypter {
  /// An encrypter to a public JWK, whose `kid` the header names unless it is given another.
  ///
  /// Throws `algorithm` if the key is for something else.
  public init(
    to key: JWK, _ keyManagement: JWEKeyManagement, _ contentEncryption: JWEContentEncryption,
    header: JWEHeaderFields = JWEHeaderFields()
  ) throws(JWEError) {
    guard key.keyManagement.contains(keyManagement) else {
      throw .algorithm(keyManagement.rawValue)
    }
    try self.init(
      to: key.key, keyManagement, contentEncryption, header: header.naming(key.keyID))
  }

  /// An encrypter under a shared JWK, whose `kid` the header names unless it is given another.
  ///
  /// Throws `algorithm` if the key is for something else.
  public init(
    sharing key: SecretJWK, _ keyManagement: JWEKeyManagement,
    _ contentEncryption: JWEContentEncryption, header: JWEHeaderFields = JWEHeaderFields()
  ) throws(JWEError) {
    guard key.keyManagement(contentEncryption).contains(keyManagement) else {
      throw .algorithm(keyManagement.rawValue)
    }
    try self.init(
      sharing: key.bytes, keyManagement, contentEncryption, header: header.naming(key.keyID))
  }
}

extension JWEDecrypter {
  /// A decrypter with a private JWK, under its `kid`.
  ///
  /// Throws `algorithm` for one that the key is not for.
  public init(
    _ key: PrivateJWK, keyManagement: [JWEKeyManagement],
    contentEncryption: [JWEContentEncryption]
  ) throws(JWEError) {
    let fitting = key.publicHalf.keyManagement
    for algorithm in keyManagement where !fitting.contains(algorithm) {
      throw .algorithm(algorithm.rawValue)
    }
    try self.init(
      key.key, keyID: key.publicHalf.keyID, keyManagement: keyManagement,
      contentEncryption: contentEncryption)
  }

  /// A decrypter with a shared JWK, under its `kid`.
  ///
  /// Throws `algorithm` for one that the key is not for.
  public init(
    sharing key: SecretJWK, keyManagement: [JWEKeyManagement],
    contentEncryption: [JWEContentEncryption]
  ) throws(JWEError) {
    for each in contentEncryption {
      let fitting = key.keyManagement(each)
      for algorithm in keyManagement where !fitting.contains(algorithm) {
        throw .algorithm(algorithm.rawValue)
      }
    }
    try self.init(
      sharing: key.bytes, keyID: key.keyID, keyManagement: keyManagement,
      contentEncryption: contentEncryption)
  }
}

extension JWEHeaderFields {
  /// These fields, with a key's name where they have none.
  fileprivate func naming(_ keyID: String?) -> JWEHeaderFields {
    var fields = self
    fields.keyID = self.keyID ?? keyID
    return fields
  }
}
