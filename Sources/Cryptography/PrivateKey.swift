internal import COpenSSL
public import Diagnostics

/// A private key: it signs, or agrees on or decrypts keys, as its type can.
///
/// Immutable; any number of threads may use it, each through its own `Signer`. It never prints.
public final class PrivateKey: Sendable {
  nonisolated(unsafe) let pointer: OpaquePointer
  /// What kind of key it is.
  public let type: KeyType

  /// Takes over an EVP_PKEY that holds a private half.
  init(owning pointer: OpaquePointer) throws(CryptographyError) {
    do {
      type = try KeyType(of: pointer)
    } catch {
      EVP_PKEY_free(pointer)
      throw error
    }
    self.pointer = pointer
  }

  /// Takes over an EVP_PKEY that was made of this type.
  private init(owning pointer: OpaquePointer, madeAs type: KeyType) {
    self.pointer = pointer
    self.type = type
  }

  deinit { EVP_PKEY_free(pointer) }

  /// A new key.
  ///
  /// RSA takes tens to hundreds of milliseconds; the others are quick.
  public static func generate(_ type: KeyType) throws(CryptographyError) -> PrivateKey {
    let made: OpaquePointer?
    switch type {
    case .ec(let curve): made = CurveTemplate.generate(curve)
    case .rsa(let bits):
      guard RSAStrength.generatedBits.contains(bits) else {
        throw bits < RSAStrength.generatedBits.lowerBound
          ? .weakKey("RSA modulus of \(bits) bits") : .unsupportedKey("RSA modulus of \(bits) bits")
      }
      made = sp_generate_rsa(bits)
    case .octet(let curve): made = sp_generate_named(curve.typeName)
    }
    guard let made else { throw .libcrypto("key generation") }
    return PrivateKey(owning: made, madeAs: type)
  }

  /// The public half, as a key of its own.
  public func publicKey() throws(CryptographyError) -> PublicKey {
    try PublicKey(try pointer.publicComponents(type))
  }

  /// A key from PKCS #8 (RFC 5958) in DER, not encrypted.
  public convenience init(pkcs8 der: Secret<[UInt8]>) throws(CryptographyError) {
    let bytes = der.reveal()
    let (info, whole) = bytes.withUnsafeBufferPointer { bytes in
      var position = bytes.baseAddress
      let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &position, bytes.count)
      return (info, (bytes.baseAddress.map { $0 + bytes.count }) == position)
    }
    defer { PKCS8_PRIV_KEY_INFO_free(info) }
    guard let info, whole, let key = EVP_PKCS82PKEY(info) else {
      ERR_clear_error()
      throw .malformedKey
    }
    try self.init(owning: key)
  }

  /// A key from a PEM file's text with an unencrypted private key section.
  public convenience init(pem: Secret<[UInt8]>) throws(CryptographyError) {
    let bytes = pem.reveal()
    let key = bytes.withUnsafeBytes { buffer in
      let input = allocated(BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)))
      defer { BIO_free(input) }
      return PEM_read_bio_PrivateKey(input, nil, refusePassword, nil)
    }
    guard let key else {
      ERR_clear_error()
      throw .malformedKey
    }
    try self.init(owning: key)
  }

  /// The key as PKCS #8 in DER, not encrypted: seal it before it is stored.
  public func pkcs8() throws(CryptographyError) -> Secret<[UInt8]> {
    guard let info = EVP_PKEY2PKCS8(pointer) else { throw .libcrypto("private key to PKCS #8") }
    defer { PKCS8_PRIV_KEY_INFO_free(info) }
    var output: UnsafeMutablePointer<UInt8>?
    let length = i2d_PKCS8_PRIV_KEY_INFO(info, &output)
    guard length > 0, let output else { throw .libcrypto("private key to PKCS #8") }
    defer { sp_clear_free(output, Int(length)) }
    return Secret(Array(UnsafeBufferPointer(start: output, count: Int(length))))
  }

  /// The key as a PEM `PRIVATE KEY` section, not encrypted.
  public func pem() throws(CryptographyError) -> Secret<[UInt8]> {
    let output = allocated(BIO_new(BIO_s_secmem()))
    defer { BIO_free(output) }
    guard PEM_write_bio_PKCS8PrivateKey(output, pointer, nil, nil, 0, nil, nil) == 1 else {
      throw .libcrypto("private key to PEM")
    }
    return Secret(output.contents)
  }
}
