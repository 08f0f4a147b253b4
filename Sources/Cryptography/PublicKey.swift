internal import COpenSSL

/// A public key: of a known type, strong enough, its point on the curve.
///
/// Immutable; any number of threads may use it, each through its own `SignatureVerifier`.
public final class PublicKey: Sendable {
  nonisolated(unsafe) let pointer: OpaquePointer
  /// What kind of key it is.
  public let type: KeyType

  /// Takes over an EVP_PKEY.
  init(owning pointer: OpaquePointer) throws(CryptographyError) {
    do throws(CryptographyError) {
      type = try KeyType(of: pointer)
      if case .octet(let curve, let bytes) = try pointer.publicComponents(type) {
        try SmallOrder.refuse(bytes, on: curve)
      }
    } catch {
      EVP_PKEY_free(pointer)
      throw error
    }
    self.pointer = pointer
  }

  /// Takes over an EVP_PKEY that was made of this type, its point found on its curve.
  init(owning pointer: OpaquePointer, madeAs type: KeyType) {
    self.pointer = pointer
    self.type = type
  }

  deinit { EVP_PKEY_free(pointer) }

  /// A key from its SubjectPublicKeyInfo (RFC 5280 4.1.2.7) in DER.
  public convenience init(der: [UInt8]) throws(CryptographyError) {
    let (key, rest) = der.withUnsafeBufferPointer { bytes in
      var position = bytes.baseAddress
      let key = d2i_PUBKEY(nil, &position, bytes.count)
      return (key, (bytes.baseAddress.map { $0 + bytes.count }) == position)
    }
    try self.init(parsed: key, whole: rest)
  }

  /// A key from a PEM file's text with a `PUBLIC KEY` section.
  public convenience init(pem: [UInt8]) throws(CryptographyError) {
    let input = allocated(BIO_new_mem_buf(pem, Int32(pem.count)))
    defer { BIO_free(input) }
    try self.init(parsed: PEM_read_bio_PUBKEY(input, nil, refusePassword, nil), whole: true)
  }

  private convenience init(parsed key: OpaquePointer?, whole: Bool) throws(CryptographyError) {
    guard let key else {
      ERR_clear_error()
      throw .malformedKey
    }
    guard whole else {
      EVP_PKEY_free(key)
      throw .malformedKey
    }
    try self.init(owning: key)
  }

  /// The key's SubjectPublicKeyInfo in DER.
  public func der() throws(CryptographyError) -> [UInt8] {
    var output: UnsafeMutablePointer<UInt8>?
    let length = i2d_PUBKEY(pointer, &output)
    guard length > 0, let output else { throw .libcrypto("public key to DER") }
    defer { sp_free(output) }
    return Array(UnsafeBufferPointer(start: output, count: Int(length)))
  }

  /// The key as a PEM `PUBLIC KEY` section.
  public func pem() throws(CryptographyError) -> [UInt8] {
    let output = allocated(BIO_new(BIO_s_mem()))
    defer { BIO_free(output) }
    guard PEM_write_bio_PUBKEY(output, pointer) == 1 else { throw .libcrypto("public key to PEM") }
    return output.contents
  }
}

/// Keys come without passwords here; without this, libcrypto would ask at the terminal.
let refusePassword:
  @convention(c) (
    UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
  ) -> Int32 = { _, _, _, _ in -1 }

extension OpaquePointer {
  /// What was written to this memory BIO.
  var contents: [UInt8] {
    var start: UnsafeMutablePointer<CChar>?
    let length = sp_bio_data(self, &start)
    return Array(UnsafeRawBufferPointer(start: start, count: Int(length)))
  }
}
