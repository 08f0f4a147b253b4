internal import COpenSSL

/// A curve of FIPS 186-4 that this program signs on.
public enum EllipticCurve: Sendable, CaseIterable {
  /// NIST P-256, also called prime256v1.
  case p256
  /// NIST P-384, also called secp384r1.
  case p384

  /// Bytes in a coordinate, and in each half of a raw signature.
  public var coordinateLength: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    }
  }

  /// The name by which libcrypto takes the curve.
  var groupName: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    }
  }

  /// libcrypto answers with the name of the X9.62 or SECG list, whatever it was given.
  init?(groupName: String) {
    switch groupName {
    case "P-256", "prime256v1": self = .p256
    case "P-384", "secp384r1": self = .p384
    default: return nil
    }
  }
}

/// What kind of signing key a key is.
public enum KeyType: Hashable, Sendable {
  /// A key on a NIST curve, for ECDSA.
  case ec(EllipticCurve)
  /// An RSA key with a modulus of that many bits, 2048 to 4096.
  case rsa(bits: Int)
  /// An Ed25519 key (RFC 8032).
  case ed25519

  /// An EC key on P-256.
  public static let p256 = KeyType.ec(.p256)
  /// An EC key on P-384.
  public static let p384 = KeyType.ec(.p384)

  /// The type of a key, if it is one that may be used here.
  init(of key: OpaquePointer) throws(CryptographyError) {
    if EVP_PKEY_is_a(key, "ED25519") == 1 {
      self = .ed25519
    } else if EVP_PKEY_is_a(key, "EC") == 1 {
      let name = try Self.groupName(of: key)
      guard let curve = EllipticCurve(groupName: name) else { throw .unsupportedKey(name) }
      self = .ec(curve)
    } else if EVP_PKEY_is_a(key, "RSA") == 1 {
      self = .rsa(bits: try RSAStrength.check(key))
    } else {
      throw .unsupportedKey(EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown")
    }
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

/// Which RSA keys are strong enough (NIST SP 800-131A; RFC 7518 3.3 and 3.5 ask for 2048 bits).
enum RSAStrength {
  static let bits = 2048...4096

  /// The size of the modulus, once that and the public exponent are found fit.
  static func check(_ key: OpaquePointer) throws(CryptographyError) -> Int {
    let modulus = try key.number(OSSL_PKEY_PARAM_RSA_N)
    let exponent = try key.number(OSSL_PKEY_PARAM_RSA_E)
    try check(modulus: modulus, exponent: exponent)
    return bitCount(modulus)
  }

  static func check(modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
    let size = bitCount(modulus)
    guard size >= bits.lowerBound else { throw .weakKey("RSA modulus of \(size) bits") }
    guard size <= bits.upperBound else { throw .unsupportedKey("RSA modulus of \(size) bits") }
    guard let last = modulus.last, last & 1 == 1 else { throw .weakKey("RSA modulus is even") }
    // Small exponents invite forgeries where padding is checked carelessly; 1 is no signature.
    let value = exponent.drop { $0 == 0 }
    guard value.count <= 8 else { throw .unsupportedKey("RSA exponent over 64 bits") }
    let number = value.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard number >= 65_537, number & 1 == 1 else { throw .weakKey("RSA exponent \(number)") }
  }

  private static func bitCount(_ number: [UInt8]) -> Int {
    let value = number.drop { $0 == 0 }
    guard let first = value.first else { return 0 }
    return value.count * 8 - first.leadingZeroBitCount
  }
}

extension OpaquePointer {
  /// A number of this EVP_PKEY as big-endian bytes, left-padded to `length` if given.
  func number(_ name: String, length: Int? = nil) throws(CryptographyError) -> [UInt8] {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(self, name, &number) == 1, let number else {
      throw .libcrypto(name)
    }
    defer { BN_clear_free(number) }
    let size = length ?? (Int(BN_num_bits(number)) + 7) / 8
    var bytes = [UInt8](repeating: 0, count: size)
    guard BN_bn2binpad(number, &bytes, Int32(size)) == Int32(size) else { throw .libcrypto(name) }
    return bytes
  }
}
