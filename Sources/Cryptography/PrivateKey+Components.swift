internal import COpenSSL
internal import Diagnostics

extension PrivateKey {
  /// A key from the numbers of both halves, which must belong together.
  public convenience init(
    _ components: PrivateKeyComponents, public half: PublicKeyComponents
  ) throws(CryptographyError) {
    let key = try Self.key(components, half)
    guard try Self.belongTogether(key) else {
      EVP_PKEY_free(key)
      throw .inconsistentKey
    }
    try self.init(owning: key)
    // Such a curve's private half makes its own public one; a given one must be that.
    guard try pointer.publicComponents(type) == half.withoutLeadingZeros else {
      throw .inconsistentKey
    }
  }

  private static func key(
    _ components: PrivateKeyComponents, _ half: PublicKeyComponents
  ) throws(CryptographyError) -> OpaquePointer {
    switch (components, half) {
    case (.ec(let scalar), .ec(let curve, let x, let y)):
      guard x.count == curve.coordinateLength, y.count == x.count,
        scalar.reveal().count == x.count
      else { throw .malformedKey }
      let parameters = Parameters()
      parameters.add(utf8: OSSL_PKEY_PARAM_GROUP_NAME, curve.groupName)
      parameters.add(octets: OSSL_PKEY_PARAM_PUB_KEY, [0x04] + x + y)
      parameters.add(number: OSSL_PKEY_PARAM_PRIV_KEY, scalar.reveal())
      return try parameters.makeKey("EC", bothHalves)
    case (.rsa(let numbers), .rsa(let modulus, let exponent)):
      try RSAStrength.check(modulus: modulus, exponent: exponent)
      return try numbers.makeKey(modulus: modulus, exponent: exponent)
    case (.octet(let secret), .octet(let curve, _)):
      let bytes = secret.reveal()
      guard bytes.count == curve.keyLength else { throw .malformedKey }
      guard let key = EVP_PKEY_new_raw_private_key_ex(nil, curve.typeName, nil, bytes, bytes.count)
      else { throw .libcrypto("\(curve.typeName) private key") }
      return key
    default: throw .inconsistentKey
    }
  }

  private static func belongTogether(_ key: OpaquePointer) throws(CryptographyError) -> Bool {
    guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else {
      throw .libcrypto("key check")
    }
    defer { EVP_PKEY_CTX_free(context) }
    let together = EVP_PKEY_pairwise_check(context) == 1
    ERR_clear_error()
    return together
  }

  /// The numbers of the private half.
  public func components() throws(CryptographyError) -> PrivateKeyComponents {
    switch type {
    case .ec(let curve):
      return .ec(try secret(OSSL_PKEY_PARAM_PRIV_KEY, length: curve.coordinateLength))
    case .rsa:
      return .rsa(
        RSAPrivateNumbers(
          exponent: try secret(OSSL_PKEY_PARAM_RSA_D),
          prime1: try secret(RSAParameter.prime1),
          prime2: try secret(RSAParameter.prime2),
          exponent1: try secret(RSAParameter.exponent1),
          exponent2: try secret(RSAParameter.exponent2),
          coefficient: try secret(RSAParameter.coefficient)))
    case .octet(let curve):
      var bytes = [UInt8](repeating: 0, count: curve.keyLength)
      var length = bytes.count
      guard EVP_PKEY_get_raw_private_key(pointer, &bytes, &length) == 1, length == bytes.count
      else { throw .libcrypto("\(curve.typeName) private key") }
      return .octet(Secret(bytes))
    }
  }

  private func secret(
    _ name: String, length: Int? = nil
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    Secret(try pointer.number(name, length: length))
  }
}

extension RSAPrivateNumbers {
  fileprivate func makeKey(
    modulus: [UInt8], exponent: [UInt8]
  ) throws(CryptographyError) -> OpaquePointer {
    let parameters = Parameters()
    parameters.add(number: OSSL_PKEY_PARAM_RSA_N, modulus)
    parameters.add(number: OSSL_PKEY_PARAM_RSA_E, exponent)
    parameters.add(number: OSSL_PKEY_PARAM_RSA_D, self.exponent.reveal())
    parameters.add(number: RSAParameter.prime1, prime1.reveal())
    parameters.add(number: RSAParameter.prime2, prime2.reveal())
    parameters.add(number: RSAParameter.exponent1, exponent1.reveal())
    parameters.add(number: RSAParameter.exponent2, exponent2.reveal())
    parameters.add(number: RSAParameter.coefficient, coefficient.reveal())
    return try parameters.makeKey("RSA", bothHalves)
  }
}

extension PublicKeyComponents {
  /// RSA numbers as libcrypto gives them back.
  fileprivate var withoutLeadingZeros: PublicKeyComponents {
    guard case .rsa(let modulus, let exponent) = self else { return self }
    return .rsa(
      modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
  }
}

/// Names that the header puts together by macro, where Swift does not see them.
private enum RSAParameter {
  static let prime1 = "rsa-factor1"
  static let prime2 = "rsa-factor2"
  static let exponent1 = "rsa-exponent1"
  static let exponent2 = "rsa-exponent2"
  static let coefficient = "rsa-coefficient1"
}
