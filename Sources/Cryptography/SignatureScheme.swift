/// A way to sign: what is done with a digest by a type of key.
public enum SignatureScheme: Hashable, Sendable {
  /// ECDSA (FIPS 186-4); a signature is r and s, each of the curve's length, as JOSE has it.
  case ecdsa(DigestAlgorithm)
  /// RSASSA-PKCS1-v1_5 (RFC 8017 8.2).
  case rsaPKCS1(DigestAlgorithm)
  /// RSASSA-PSS (RFC 8017 8.1), MGF1 and salt length by the same digest.
  case rsaPSS(DigestAlgorithm)
  /// Ed25519 (RFC 8032), which digests by itself.
  case ed25519

  /// Whether a key of a type can be used this way.
  public func fits(_ type: KeyType) -> Bool {
    switch (self, type) {
    case (.ecdsa, .ec), (.rsaPKCS1, .rsa), (.rsaPSS, .rsa), (.ed25519, .ed25519): true
    default: false
    }
  }

  /// The digest that is signed, or nil where the message itself is.
  var digest: DigestAlgorithm? {
    switch self {
    case .ecdsa(let digest), .rsaPKCS1(let digest), .rsaPSS(let digest): digest
    case .ed25519: nil
    }
  }
}
