/// A way to sign: what is done with a digest by a type of key.
public enum SignatureScheme: Hashable, Sendable {
  /// ECDSA (FIPS 186-4); a signature is r and s, each of the curve's length, as JOSE has it.
  case ecdsa(DigestAlgorithm)
  /// RSASSA-PKCS1-v1_5 (RFC 8017 8.2).
  case rsaPKCS1(DigestAlgorithm)
  /// RSASSA-PSS (RFC 8017 8.1), MGF1 and salt length by the same digest.
  case rsaPSS(DigestAlgorithm)
  /// Ed25519 or Ed448, as the key has it (RFC 8032): they digest by themselves.
  case eddsa

  /// Whether a key of a type can be used this way.
  public func fits(_ type: KeyType) -> Bool {
    switch (self, type) {
    case (.ecdsa, .ec), (.rsaPKCS1, .rsa), (.rsaPSS, .rsa),
      (.eddsa, .octet(.ed25519)), (.eddsa, .octet(.ed448)):
      true
    default: false
    }
  }

  /// Bytes in a signature by a key of a type; throws `wrongKeyType` if it is not one for it.
  func signatureLength(_ type: KeyType) throws(CryptographyError) -> Int {
    guard fits(type), let length = type.signatureLength else { throw .wrongKeyType }
    return length
  }

  /// The digest that is signed, or nil where the message itself is.
  var digest: DigestAlgorithm? {
    switch self {
    case .ecdsa(let digest), .rsaPKCS1(let digest), .rsaPSS(let digest): digest
    case .eddsa: nil
    }
  }
}
