internal import COpenSSL

/// What kind of key pair a key is of.
public enum KeyType: Hashable, Sendable {
  /// A key on a curve in Weierstrass form, for ECDSA and ECDH.
  case ec(EllipticCurve)
  /// An RSA key with a modulus of that many bits, 2048 to 8192.
  case rsa(bits: Int)
  /// A key of a curve whose keys are byte strings.
  case octet(OctetCurve)

  /// An EC key on P-256.
  public static let p256 = KeyType.ec(.p256)
  /// An EC key on P-384.
  public static let p384 = KeyType.ec(.p384)
  /// An EC key on P-521.
  public static let p521 = KeyType.ec(.p521)
  /// An EC key on secp256k1.
  public static let secp256k1 = KeyType.ec(.secp256k1)
  /// An Ed25519 key.
  public static let ed25519 = KeyType.octet(.ed25519)
  /// An Ed448 key.
  public static let ed448 = KeyType.octet(.ed448)
  /// An X25519 key.
  public static let x25519 = KeyType.octet(.x25519)
  /// An X448 key.
  public static let x448 = KeyType.octet(.x448)

  /// Bytes in a signature by such a key, or nil for one that signs nothing.
  public var signatureLength: Int? {
    switch self {
    case .ec(let curve): curve.coordinateLength * 2
    case .rsa(let bits): (bits + 7) / 8
    case .octet(let curve): curve.signatureLength
    }
  }

  /// The type of a key, if it is one that may be used here.
  init(of key: OpaquePointer) throws(CryptographyError) {
    if EVP_PKEY_is_a(key, "EC") == 1 {
      let name = try Self.groupName(of: key)
      guard let curve = EllipticCurve(groupName: name) else { throw .unsupportedKey(name) }
      // Nothing else refuses the point at infinity when a key comes as DER.
      guard Self.isPoint(key) else { throw .inconsistentKey }
      self = .ec(curve)
    } else if EVP_PKEY_is_a(key, "RSA") == 1 {
      self = .rsa(bits: try RSAStrength.check(key))
    } else if let curve = OctetCurve.allCases.first(where: { EVP_PKEY_is_a(key, $0.typeName) == 1 })
    {
      self = .octet(curve)
    } else {
      throw .unsupportedKey(EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown")
    }
  }

  private static func isPoint(_ key: OpaquePointer) -> Bool {
    let context = allocated(EVP_PKEY_CTX_new_from_pkey(nil, key, nil))
    defer { EVP_PKEY_CTX_free(context) }
    guard EVP_PKEY_public_check_quick(context) == 1 else {
      ERR_clear_error()
      return false
    }
    return true
  }

  private static func groupName(of key: OpaquePointer) throws(CryptographyError) -> String {
    var name = [CChar](repeating: 0, count: 64)
    var length = 0
    guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else {
      throw .libcrypto("EC group name")
    }
    return String(decoding: name[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
