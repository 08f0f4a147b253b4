internal import COpenSSL
internal import Diagnostics

/// A list of `OSSL_PARAM` in the making.
///
/// The builder keeps every pointer it is given until the list is built, so the values are copied
/// here and wiped in the end; a Swift array's own address would be gone by then.
final class Parameters {
  private let builder: OpaquePointer
  private var numbers: [OpaquePointer] = []
  private var copies: [(memory: UnsafeMutableRawPointer, count: Int)] = []

  init() { builder = allocated(OSSL_PARAM_BLD_new()) }

  deinit {
    OSSL_PARAM_BLD_free(builder)
    for number in numbers { BN_clear_free(number) }
    for copy in copies {
      OPENSSL_cleanse(copy.memory, copy.count)
      copy.memory.deallocate()
    }
  }

  /// Adds text.
  ///
  /// The names come from core_names.h and are literals there.
  func add(utf8 name: String, _ text: String) {
    let start = copy(Array(text.utf8)).assumingMemoryBound(to: CChar.self)
    require(OSSL_PARAM_BLD_push_utf8_string(builder, key(name), start, text.utf8.count))
  }

  /// Adds bytes.
  func add(octets name: String, _ bytes: [UInt8]) {
    require(OSSL_PARAM_BLD_push_octet_string(builder, key(name), copy(bytes), bytes.count))
  }

  /// Adds a number from its big-endian bytes.
  func add(number name: String, _ bytes: [UInt8]) {
    let number = allocated(BN_bin2bn(bytes, Int32(bytes.count), nil))
    numbers.append(number)
    require(OSSL_PARAM_BLD_push_BN(builder, key(name), number))
  }

  /// Adds a number of 32 bits.
  func add(count name: String, _ value: UInt32) {
    require(OSSL_PARAM_BLD_push_uint32(builder, key(name), value))
  }

  /// Builds the list and lends it; it is freed afterwards.
  func use<Result>(_ body: (UnsafeMutablePointer<OSSL_PARAM>) -> Result) -> Result {
    guard let list = OSSL_PARAM_BLD_to_param(builder) else {
      fatalError("libcrypto is out of memory")
    }
    defer { OSSL_PARAM_free(list) }
    return body(list)
  }

  private func copy(_ bytes: [UInt8]) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + 1, alignment: 1)
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: memory, count: $0.count).copyBytes(from: $0)
    }
    memory.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
    copies.append((memory, bytes.count))
    return memory
  }

  private func key(_ name: String) -> UnsafePointer<CChar> {
    UnsafePointer(copy(Array(name.utf8)).assumingMemoryBound(to: CChar.self))
  }

  private func require(_ status: Int32) {
    precondition(status == 1, "libcrypto is out of memory")
  }
}

extension Parameters {
  /// Derives a key of a length by a function whose parameters these are.
  func deriveKey(
    by function: OpaquePointer, _ name: String, length: Int
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    let context = allocated(EVP_KDF_CTX_new(function))
    defer { EVP_KDF_CTX_free(context) }
    var output = [UInt8](repeating: 0, count: length)
    guard use({ EVP_KDF_derive(context, &output, length, $0) }) == 1 else {
      throw .libcrypto(name)
    }
    return Secret(output)
  }
}
