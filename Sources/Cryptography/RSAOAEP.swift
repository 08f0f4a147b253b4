internal import COpenSSL
public import Diagnostics

/// RSAES-OAEP (RFC 8017 7.1) with an empty label, MGF1 by the same hash.
///
/// PKCS #1 v1.5 encryption is missing on purpose: its padding answers an attacker's questions.
public enum RSAOAEP: Sendable {
  /// With SHA-1, which is still sound here: OAEP asks no collision resistance of it.
  case sha1
  /// With SHA-256.
  case sha256

  private var hashName: String {
    switch self {
    case .sha1: "SHA1"
    case .sha256: "SHA256"
    }
  }

  /// Encrypts a secret to an RSA key; the result is as long as the modulus.
  public func encrypt(
    _ secret: Secret<[UInt8]>, to key: PublicKey
  ) throws(CryptographyError) -> [UInt8] {
    guard case .rsa(let bits) = key.type else { throw .wrongKeyType }
    let input = secret.reveal()
    let output = run(key.pointer, EVP_PKEY_encrypt_init, input.span, (bits + 7) / 8) {
      EVP_PKEY_encrypt($0, $1, $2, $3, $4)
    }
    guard let output else { throw .libcrypto("RSA-OAEP") }
    return output
  }

  /// Decrypts what was encrypted to an RSA key, or throws `notAuthentic`, whatever was wrong.
  public func decrypt(
    _ input: Span<UInt8>, with key: PrivateKey
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    guard case .rsa(let bits) = key.type else { throw .wrongKeyType }
    let length = (bits + 7) / 8
    guard input.count == length,
      let output = run(
        key.pointer, EVP_PKEY_decrypt_init, input, length, { EVP_PKEY_decrypt($0, $1, $2, $3, $4) })
    else { throw .notAuthentic }
    return Secret(output)
  }

  private typealias Operation = (
    OpaquePointer, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>,
    UnsafePointer<UInt8>?, Int
  ) -> Int32

  private func run(
    _ key: OpaquePointer, _ prepare: (OpaquePointer) -> Int32, _ input: Span<UInt8>,
    _ capacity: Int, _ operation: Operation
  ) -> [UInt8]? {
    guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    guard prepare(context) == 1,
      EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1,
      EVP_PKEY_CTX_set_rsa_oaep_md_name(context, hashName, nil) == 1,
      EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, hashName, nil) == 1
    else { return nil }
    var good = false
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      count = capacity
      good =
        input.withUnsafeBufferPointer {
          operation(context, output.baseAddress, &count, $0.baseAddress, $0.count)
        } == 1
      if !good { count = 0 }
    }
    ERR_clear_error()
    return good ? output : nil
  }
}
