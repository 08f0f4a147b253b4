internal import COpenSSL

extension OpaquePointer {
  /// A number of this EVP_PKEY as big-endian bytes, left-padded to `length` if given.
  func number(_ name: String, length: Int? = nil) throws(CryptographyError) -> [UInt8] {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(self, name, &number) == 1, let number else {
      throw .libcrypto(name)
    }
    defer { BN_clear_free(number) }
    let size = length ?? (Int(BN_num_bits(number)) + 7) / 8
    var bytes = [UInt8](repeating: 0, count: size)
    guard BN_bn2binpad(number, &bytes, Int32(size)) == Int32(size) else { throw .libcrypto(name) }
    return bytes
  }
}
