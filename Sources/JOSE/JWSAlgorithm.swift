public import Cryptography

/// A signature algorithm of JOSE (RFC 7518 3.1, RFC 8037 3.1).
///
/// HMAC algorithms are missing on purpose: no key here is shared, so none can be mistaken for one.
public enum JWSAlgorithm: String, Sendable, CaseIterable {
  /// ECDSA on P-256 with SHA-256.
  case es256 = "ES256"
  /// ECDSA on P-384 with SHA-384.
  case es384 = "ES384"
  /// RSASSA-PKCS1-v1_5 with SHA-256.
  case rs256 = "RS256"
  /// RSASSA-PSS with SHA-256.
  case ps256 = "PS256"
  /// Ed25519.
  case eddsa = "EdDSA"

  /// What the algorithm does; with `keys`, the whole of what an algorithm is.
  public var scheme: SignatureScheme {
    switch self {
    case .es256: .ecdsa(.sha256)
    case .es384: .ecdsa(.sha384)
    case .rs256: .rsaPKCS1(.sha256)
    case .ps256: .rsaPSS(.sha256)
    case .eddsa: .ed25519
    }
  }

  /// Whether it is for keys of a type (RFC 7518 3.4 ties each ES algorithm to one curve).
  public func fits(_ type: KeyType) -> Bool {
    switch (self, type) {
    case (.es256, .ec(.p256)), (.es384, .ec(.p384)), (.eddsa, .ed25519): true
    case (.rs256, .rsa), (.ps256, .rsa): true
    default: false
    }
  }

  /// The type of key to generate for it.
  public var generatedKeyType: KeyType {
    switch self {
    case .es256: .p256
    case .es384: .p384
    case .rs256, .ps256: .rsa(bits: 2048)
    case .eddsa: .ed25519
    }
  }
}
