internal import COpenSSL

/// Which RSA keys are strong enough (NIST SP 800-131A; RFC 7518 3.3 and 3.5 ask for 2048 bits).
enum RSAStrength {
  /// Beyond, a single verification costs a stranger's token more than a millisecond.
  static let bits = 2048...8192
  /// Beyond, making a key takes many seconds.
  static let generatedBits = 2048...4096

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
    guard !ROCA.marks(modulus) else { throw .weakKey("RSA modulus with the mark of ROCA") }
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
