internal import COpenSSL
public import Diagnostics

/// HKDF with SHA-256 (RFC 5869).
public enum HKDF {
  /// Key material of a length (at most 8160 bytes) from a secret, a salt and a label of its use.
  public static func derive(
    from secret: Secret<[UInt8]>, salt: [UInt8] = [], info: [UInt8], length: Int
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    let parameters = Parameters()
    parameters.add(utf8: OSSL_KDF_PARAM_DIGEST, DigestAlgorithm.sha256.name)
    parameters.add(octets: OSSL_KDF_PARAM_KEY, secret.reveal())
    parameters.add(octets: OSSL_KDF_PARAM_SALT, salt)
    parameters.add(octets: OSSL_KDF_PARAM_INFO, info)
    return try parameters.deriveKey(by: Algorithms.hkdf, "HKDF", length: length)
  }
}
