internal import Cryptography
internal import Diagnostics
internal import JOSE
internal import JSON

/// One key of a protected resource: what is encrypted to it, and perhaps how that is opened.
struct ResourceKey: Sendable {
  /// Which half of the key the file gives.
  enum Material: Sendable {
    case publicHalf(JWK)
    case privateHalf(PrivateJWK)
    case secret(SecretJWK)
  }

  let material: Material
  /// The `kid` of tokens.
  let keyID: String?

  /// Whether it opens what is encrypted to it.
  var opens: Bool { if case .publicHalf = material { false } else { true } }

  /// Encrypts access tokens to it.
  func encrypter(
    _ algorithm: JWEKeyManagement, _ content: JWEContentEncryption
  ) throws(JWEError) -> JWEEncrypter {
    let header = JWEHeaderFields(keyID: keyID, contentType: "JWT")
    switch material {
    case .publicHalf(let key): return try JWEEncrypter(to: key, algorithm, content, header: header)
    case .privateHalf(let key):
      return try JWEEncrypter(to: key.publicHalf, algorithm, content, header: header)
    case .secret(let key):
      return try JWEEncrypter(sharing: key, algorithm, content, header: header)
    }
  }

  /// Opens what was encrypted to it; nil if only the resource can.
  func decrypter(
    _ algorithm: JWEKeyManagement, _ content: JWEContentEncryption
  ) throws(JWEError) -> JWEDecrypter? {
    switch material {
    case .publicHalf(let key):
      guard key.keyManagement.contains(algorithm) else { throw .algorithm(algorithm.rawValue) }
      return nil
    case .privateHalf(let key):
      guard key.publicHalf.keyManagement.contains(algorithm) else {
        throw .algorithm(algorithm.rawValue)
      }
      return try JWEDecrypter(
        key.key, keyID: keyID, keyManagement: [algorithm], contentEncryption: [content])
    case .secret(let key):
      guard key.keyManagement(content).contains(algorithm) else {
        throw .algorithm(algorithm.rawValue)
      }
      return try JWEDecrypter(
        sharing: key.bytes, keyID: keyID, keyManagement: [algorithm], contentEncryption: [content])
    }
  }
}

extension ResourceKey {
  static let codec: Codec<ResourceKey> = Codec.section(
    Section(
      "A key of a resource: exactly one of `public`, `private` and `secret`.",
      .optional(
        "id", .name("2026-11"),
        "The `kid` of tokens under it; else that of the JWK, else the thumbprint (RFC 7638) of a "
          + "key pair."),
      .optional(
        "public", .publicEncryptionKey, shown: true,
        "The public half, PEM or JWK: only the resource opens the tokens; this proxy and our "
          + "introspection do not."),
      .optional(
        "private", .privateEncryptionKey,
        "The private half, PEM or JWK: our proxy and our introspection open the tokens too."),
      .optional(
        "secret", .sharedEncryptionKey,
        "A key that the resource and we share: 32 raw bytes, 64 hexadecimal digits, or a JWK."),
      build: Draft.init)
  ).refined { draft, node, reading in draft.key(node, &reading) }

  private struct Draft: Sendable {
    let id: String?
    let publicHalf: JWK?
    let privateHalf: PrivateJWK?
    let secret: SecretJWK?

    func key(_ node: JSON5Node, _ reading: inout Reading) -> ResourceKey? {
      switch (publicHalf, privateHalf, secret) {
      case (let key?, nil, nil):
        return ResourceKey(
          material: .publicHalf(key), keyID: id ?? key.keyID ?? key.thumbprint)
      case (nil, let key?, nil):
        let half = key.publicHalf
        return ResourceKey(
          material: .privateHalf(key), keyID: id ?? half.keyID ?? half.thumbprint)
      case (nil, nil, let key?):
        return ResourceKey(material: .secret(key), keyID: id ?? key.keyID)
      default:
        reading.fault(
          node.position, "is not exactly one of a public key, a private key and a secret",
          "give one of public: { file: \"key.pem\" }, private: { file: \"key.pem\" }, "
            + "secret: { file: \"shared.key\" }")
        return nil
      }
    }
  }
}
