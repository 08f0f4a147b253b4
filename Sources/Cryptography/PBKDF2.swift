internal import COpenSSL
public import Diagnostics

/// PBKDF2 with HMAC (RFC 8018 5.2): a key from a password, dear on purpose.
public enum PBKDF2 {
  /// Key material of a length; about 0.2 s a million iterations and block, so not on a loop.
  public static func derive(
    from password: Secret<[UInt8]>, salt: [UInt8], iterations: UInt32, digest: DigestAlgorithm,
    length: Int
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    let parameters = Parameters()
    parameters.add(utf8: OSSL_KDF_PARAM_DIGEST, digest.name)
    parameters.add(octets: OSSL_KDF_PARAM_PASSWORD, password.reveal())
    parameters.add(octets: OSSL_KDF_PARAM_SALT, salt)
    parameters.add(count: OSSL_KDF_PARAM_ITER, iterations)
    return try parameters.deriveKey(by: Algorithms.pbkdf2, "PBKDF2", length: length)
  }
}
