public import Cryptography

/// A signature or MAC algorithm of JOSE (RFC 7518 3.1, RFC 8037 3.1, RFC 8812 3.2, RFC 9864 2.2).
public enum JWSAlgorithm: String, Sendable, CaseIterable {
  /// ECDSA on P-256 with SHA-256.
  case es256 = "ES256"
  /// RSASSA-PKCS1-v1_5 with SHA-256.
  case rs256 = "RS256"
  /// RSASSA-PSS with SHA-256.
  case ps256 = "PS256"
  /// Ed25519 or Ed448, as the key has it: the name that RFC 9864 deprecates and most still write.
  case eddsa = "EdDSA"
  /// ECDSA on P-384 with SHA-384.
  case es384 = "ES384"
  /// ECDSA on P-521 with SHA-512.
  case es512 = "ES512"
  /// ECDSA on secp256k1 with SHA-256.
  case es256k = "ES256K"
  /// RSASSA-PKCS1-v1_5 with SHA-384.
  case rs384 = "RS384"
  /// RSASSA-PKCS1-v1_5 with SHA-512.
  case rs512 = "RS512"
  /// RSASSA-PSS with SHA-384.
  case ps384 = "PS384"
  /// RSASSA-PSS with SHA-512.
  case ps512 = "PS512"
  /// Ed25519, by its own name.
  case ed25519 = "Ed25519"
  /// Ed448, by its own name.
  case ed448 = "Ed448"
  /// HMAC with SHA-256.
  case hs256 = "HS256"
  /// HMAC with SHA-384.
  case hs384 = "HS384"
  /// HMAC with SHA-512.
  case hs512 = "HS512"

  /// Those whose verifier cannot sign: the only ones for our own keys and for other issuers.
  public static let asymmetric = allCases.filter { $0.scheme != nil }
  /// Those whose key is a shared secret.
  public static let symmetric = allCases.filter { $0.macDigest != nil }

  /// How a key pair signs by it; nil for HMAC.
  public var scheme: SignatureScheme? {
    switch self {
    case .es256, .es256k: .ecdsa(.sha256)
    case .es384: .ecdsa(.sha384)
    case .es512: .ecdsa(.sha512)
    case .rs256: .rsaPKCS1(.sha256)
    case .rs384: .rsaPKCS1(.sha384)
    case .rs512: .rsaPKCS1(.sha512)
    case .ps256: .rsaPSS(.sha256)
    case .ps384: .rsaPSS(.sha384)
    case .ps512: .rsaPSS(.sha512)
    case .eddsa, .ed25519, .ed448: .eddsa
    case .hs256, .hs384, .hs512: nil
    }
  }

  /// The digest of an HMAC; nil for signatures.
  public var macDigest: DigestAlgorithm? {
    switch self {
    case .hs256: .sha256
    case .hs384: .sha384
    case .hs512: .sha512
    default: nil
    }
  }

  /// Whether it is for keys of a type (RFC 7518 3.4 ties each ES algorithm to one curve).
  public func fits(_ type: KeyType) -> Bool {
    switch (self, type) {
    case (.es256, .ec(.p256)), (.es384, .ec(.p384)), (.es512, .ec(.p521)): true
    case (.es256k, .ec(.secp256k1)): true
    case (.rs256, .rsa), (.rs384, .rsa), (.rs512, .rsa): true
    case (.ps256, .rsa), (.ps384, .rsa), (.ps512, .rsa): true
    case (.eddsa, .octet(.ed25519)), (.eddsa, .octet(.ed448)): true
    case (.ed25519, .octet(.ed25519)), (.ed448, .octet(.ed448)): true
    default: false
    }
  }

  /// The type of key pair to generate for it; nil for HMAC.
  public var generatedKeyType: KeyType? {
    switch self {
    case .es256: .p256
    case .es384: .p384
    case .es512: .p521
    case .es256k: .secp256k1
    case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa(bits: 2048)
    case .eddsa, .ed25519: .ed25519
    case .ed448: .ed448
    case .hs256, .hs384, .hs512: nil
    }
  }
}
