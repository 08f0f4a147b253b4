internal import COpenSSL

extension PublicKey {
  /// A key from its numbers.
  ///
  /// Throws `inconsistentKey` for a point that is not on its curve, `weakKey` for RSA numbers that
  /// are too small, `malformedKey` for a wrong length.
  public convenience init(_ components: PublicKeyComponents) throws(CryptographyError) {
    let key = try Self.key(components)
    switch components {
    case .ec(let curve, _, _): self.init(owning: key, madeAs: .ec(curve))
    case .octet(let curve, _): self.init(owning: key, madeAs: .octet(curve))
    case .rsa: try self.init(owning: key)
    }
  }

  private static func key(
    _ components: PublicKeyComponents
  ) throws(CryptographyError) -> OpaquePointer {
    switch components {
    case .ec(let curve, let x, let y):
      guard x.count == curve.coordinateLength, y.count == x.count else { throw .malformedKey }
      return try CurveTemplate.publicKey(curve, [0x04] + x + y)
    case .rsa(let modulus, let exponent):
      try RSAStrength.check(modulus: modulus, exponent: exponent)
      let parameters = Parameters()
      parameters.add(number: OSSL_PKEY_PARAM_RSA_N, modulus)
      parameters.add(number: OSSL_PKEY_PARAM_RSA_E, exponent)
      return try parameters.makeKey("RSA", publicHalf)
    case .octet(let curve, let bytes):
      guard bytes.count == curve.keyLength else { throw .malformedKey }
      try SmallOrder.refuse(bytes, on: curve)
      guard let key = EVP_PKEY_new_raw_public_key_ex(nil, curve.typeName, nil, bytes, bytes.count)
      else { throw .libcrypto("\(curve.typeName) public key") }
      return key
    }
  }

  /// The key's numbers; those of RSA without leading zeros.
  public func components() throws(CryptographyError) -> PublicKeyComponents {
    try pointer.publicComponents(type)
  }
}

/// The public half only.
let publicHalf =
  OSSL_KEYMGMT_SELECT_PUBLIC_KEY | OSSL_KEYMGMT_SELECT_ALL_PARAMETERS
/// Both halves.
let bothHalves =
  publicHalf | OSSL_KEYMGMT_SELECT_PRIVATE_KEY

extension Parameters {
  /// Makes a key of these numbers; libcrypto itself refuses a point off its curve.
  func makeKey(_ type: String, _ selection: Int32) throws(CryptographyError) -> OpaquePointer {
    guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
      throw .libcrypto(type)
    }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_fromdata_init(context) == 1,
      use({ EVP_PKEY_fromdata(context, &key, selection, $0) }) == 1, let key
    else {
      ERR_clear_error()
      throw .inconsistentKey
    }
    return key
  }
}

extension OpaquePointer {
  func publicComponents(_ type: KeyType) throws(CryptographyError) -> PublicKeyComponents {
    switch type {
    case .ec(let curve):
      let length = curve.coordinateLength
      if let point = uncompressedPoint(length) {
        return .ec(curve, x: Array(point[1...length]), y: Array(point[(length + 1)...]))
      }
      return .ec(
        curve, x: try number(OSSL_PKEY_PARAM_EC_PUB_X, length: length),
        y: try number(OSSL_PKEY_PARAM_EC_PUB_Y, length: length))
    case .rsa:
      return .rsa(
        modulus: try number(OSSL_PKEY_PARAM_RSA_N), exponent: try number(OSSL_PKEY_PARAM_RSA_E))
    case .octet(let curve):
      var bytes = [UInt8](repeating: 0, count: curve.keyLength)
      var length = bytes.count
      guard EVP_PKEY_get_raw_public_key(self, &bytes, &length) == 1, length == bytes.count else {
        throw .libcrypto("\(curve.typeName) public key")
      }
      return .octet(curve, bytes)
    }
  }
  /// The point of an EC key as SEC 1 2.3.3 writes it; nil for a key that was read compressed.
  ///
  /// The two numbers by themselves would cost a division in the field each.
  private func uncompressedPoint(_ length: Int) -> [UInt8]? {
    let size = 1 + 2 * length
    var count = 0
    let point = [UInt8](unsafeUninitializedCapacity: size) { output, initialized in
      let good = EVP_PKEY_get_octet_string_param(
        self, OSSL_PKEY_PARAM_PUB_KEY, output.baseAddress, size, &count)
      initialized = good == 1 ? count : 0
    }
    guard point.count == size, point.first == 0x04 else {
      ERR_clear_error()
      return nil
    }
    return point
  }
}
