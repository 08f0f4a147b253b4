internal import COpenSSL
public import Diagnostics

/// PBKDF2 with HMAC (RFC 8018 5.2): a key from a password, dear on purpose.
public enum PBKDF2 {
  /// Key material of a length; about 0.2 s a million iterations and block, so not on a loop.
  public static func derive(
    from password: Secret<[UInt8]>, salt: [UInt8], iterations: UInt32, digest: DigestAlgorithm,
    length: Int
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    let context = allocated(EVP_KDF_CTX_new(Algorithms.pbkdf2))
    defer { EVP_KDF_CTX_free(context) }
    let parameters = Parameters()
    parameters.add(utf8: OSSL_KDF_PARAM_DIGEST, digest.name)
    parameters.add(octets: OSSL_KDF_PARAM_PASSWORD, password.reveal())
    parameters.add(octets: OSSL_KDF_PARAM_SALT, salt)
    parameters.add(count: OSSL_KDF_PARAM_ITER, iterations)
    var output = [UInt8](repeating: 0, count: length)
    guard parameters.use({ EVP_KDF_derive(context, &output, length, $0) }) == 1 else {
      throw .libcrypto("PBKDF2")
    }
    return Secret(output)
  }
}
