internal import COpenSSL

/// The parameters of each curve as a key without a point, made once a process.
///
/// Looking a curve up by name costs more than reading a point or making a key on it.
enum CurveTemplate {
  private nonisolated(unsafe) static let p256 = make(.p256)
  private nonisolated(unsafe) static let p384 = make(.p384)
  private nonisolated(unsafe) static let p521 = make(.p521)
  private nonisolated(unsafe) static let secp256k1 = make(.secp256k1)

  private static func make(_ curve: EllipticCurve) -> OpaquePointer {
    let parameters = Parameters()
    parameters.add(utf8: OSSL_PKEY_PARAM_GROUP_NAME, curve.groupName)
    do {
      return try parameters.makeKey("EC", OSSL_KEYMGMT_SELECT_ALL_PARAMETERS)
    } catch {
      fatalError("libcrypto has no \(curve.groupName): the installation is broken")
    }
  }

  /// The template of a curve: read only, by any thread.
  private static func template(_ curve: EllipticCurve) -> OpaquePointer {
    switch curve {
    case .p256: p256
    case .p384: p384
    case .p521: p521
    case .secp256k1: secp256k1
    }
  }

  /// A public key of a point; libcrypto itself refuses one that is not on the curve.
  static func publicKey(
    _ curve: EllipticCurve, _ point: [UInt8]
  ) throws(CryptographyError) -> OpaquePointer {
    let key = allocated(EVP_PKEY_dup(template(curve)))
    guard EVP_PKEY_set1_encoded_public_key(key, point, point.count) == 1 else {
      EVP_PKEY_free(key)
      ERR_clear_error()
      throw .inconsistentKey
    }
    return key
  }

  /// A new key pair, or nil if libcrypto fails.
  static func generate(_ curve: EllipticCurve) -> OpaquePointer? {
    guard let context = EVP_PKEY_CTX_new_from_pkey(nil, template(curve), nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_generate(context, &key) == 1 else {
      return nil
    }
    return key
  }
}
