internal import Cryptography
internal import JOSE

/// What a new key is for: an algorithm of JWS or of JWE.
enum KeyAlgorithm {
  case signature(JWSAlgorithm)
  case encryption(JWEKeyManagement)

  init(_ name: String) throws(CommandFailure) {
    if let algorithm = JWSAlgorithm(rawValue: name) {
      self = .signature(algorithm)
    } else if let algorithm = JWEKeyManagement(rawValue: name) {
      self = .encryption(algorithm)
    } else {
      let known = JWSAlgorithm.allCases.map(\.rawValue) + JWEKeyManagement.allCases.map(\.rawValue)
      throw .usage(
        "jose key-new: --alg \"\(name)\" is no algorithm; say one of: "
          + known.joined(separator: ", "))
    }
  }

  /// The type of key to make where no other is asked for.
  var usualType: String {
    switch self {
    case .signature(let algorithm): algorithm.generatedKeyType?.name ?? "oct"
    case .encryption(let algorithm):
      switch algorithm {
      case .rsaOAEP, .rsaOAEP256: "RSA"
      case .ecdhES, .ecdhESA128KW, .ecdhESA192KW, .ecdhESA256KW: "P-256"
      default: "oct"
      }
    }
  }

  /// Bytes in a secret key for it, where that is fixed or at least usual.
  var secretLength: Int? {
    switch self {
    case .signature(let algorithm): algorithm.macDigest?.length
    case .encryption(.a128KW), .encryption(.a128GCMKW): 16
    case .encryption(.a192KW), .encryption(.a192GCMKW): 24
    case .encryption: nil
    }
  }
}

extension KeyType {
  /// The types of key pair, by the names of JOSE.
  private static let curves: [(name: String, type: KeyType)] = [
    ("P-256", .p256), ("P-384", .p384), ("P-521", .p521), ("secp256k1", .secp256k1),
    ("Ed25519", .ed25519), ("Ed448", .ed448), ("X25519", .x25519), ("X448", .x448),
  ]

  /// The type of a name; `bits` counts for RSA only.
  static func named(_ name: String, bits: Int) -> KeyType? {
    name == "RSA" ? .rsa(bits: bits) : curves.first { $0.name == name }?.type
  }

  /// The name of the type.
  var name: String { Self.curves.first { $0.type == self }?.name ?? "RSA" }
}
