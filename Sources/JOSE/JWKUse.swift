/// What a key is for: the value of `use` (RFC 7517 4.2).
public enum JWKUse: String, Sendable {
  /// Signatures and MACs.
  case signature = "sig"
  /// Encryption, of content or of other keys, and key agreement.
  case encryption = "enc"
}

/// Something that is done with a key: a value of `key_ops` (RFC 7517 4.3).
enum JWKOperation: String, Sendable {
  case sign
  case verify
  case encrypt
  case decrypt
  case wrapKey
  case unwrapKey
  case deriveKey
  case deriveBits

  var use: JWKUse {
    switch self {
    case .sign, .verify: .signature
    case .encrypt, .decrypt, .wrapKey, .unwrapKey, .deriveKey, .deriveBits: .encryption
    }
  }
}

/// Which part of a key a JWK carries, and so what can be done with it.
enum JWKPart: Sendable {
  case publicHalf
  case privateHalf
  case secret

  /// What `key_ops`, if it is there, must name at least one of for the key to be of use here.
  func operations(_ use: JWKUse) -> Set<JWKOperation> {
    switch (self, use) {
    case (.publicHalf, .signature): [.verify]
    case (.privateHalf, .signature): [.sign]
    case (.secret, .signature): [.sign, .verify]
    case (.publicHalf, .encryption): [.encrypt, .wrapKey, .deriveKey, .deriveBits]
    case (.privateHalf, .encryption): [.decrypt, .unwrapKey, .deriveKey, .deriveBits]
    case (.secret, .encryption): [.encrypt, .decrypt, .wrapKey, .unwrapKey]
    }
  }
}
