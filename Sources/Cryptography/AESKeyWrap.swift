internal import COpenSSL
public import Diagnostics

/// AES key wrap with the default initial value (RFC 3394 2.2.3.1).
///
/// A wrapped key is 8 bytes longer than the key, and authentic: it needs no tag of its own.
public struct AESKeyWrap: Sendable {
  private let key: Secret<[UInt8]>
  private let algorithm: CipherAlgorithm
  private static let blockLength = 8

  /// A wrapper under a key of 16, 24 or 32 bytes.
  public init(key: Secret<[UInt8]>) throws(CryptographyError) {
    let count = key.reveal().count
    guard let length = AESKeyLength.allCases.first(where: { $0.bytes == count }) else {
      throw .unsupportedKey("an AES key has 16, 24 or 32 bytes, not \(count)")
    }
    self.key = key
    algorithm = CipherAlgorithm(mode: .wrap, keyLength: length)
  }

  /// Wraps a key of a multiple of 8 bytes, at least 16.
  public func wrap(_ secret: Secret<[UInt8]>) throws(CryptographyError) -> [UInt8] {
    let bytes = secret.reveal()
    guard Self.canWrap(bytes.count),
      let wrapped = transform(bytes.span, to: bytes.count + Self.blockLength, encrypts: true)
    else { throw .libcrypto("AES key wrap") }
    return wrapped
  }

  /// Unwraps a key, or throws `notAuthentic`.
  public func unwrap(_ wrapped: Span<UInt8>) throws(CryptographyError) -> Secret<[UInt8]> {
    let length = wrapped.count - Self.blockLength
    guard Self.canWrap(length), let bytes = transform(wrapped, to: length, encrypts: false) else {
      throw .notAuthentic
    }
    return Secret(bytes)
  }

  private static func canWrap(_ count: Int) -> Bool { count >= 16 && count % blockLength == 0 }

  private func transform(_ input: Span<UInt8>, to length: Int, encrypts: Bool) -> [UInt8]? {
    guard let count = Int32(exactly: input.count) else { return nil }
    let output = [UInt8](unsafeUninitializedCapacity: input.count + 2 * Self.blockLength) {
      output, initialized in
      var written: Int32 = 0
      let good = ThreadContext.cipher(algorithm) { context in
        EVP_CipherInit_ex2(context, nil, key.reveal(), nil, encrypts ? 1 : 0, nil) == 1
          && input.withUnsafeBufferPointer {
            EVP_CipherUpdate(context, output.baseAddress, &written, $0.baseAddress, count)
          } == 1
      }
      initialized = good ? Int(written) : 0
    }
    guard output.count == length else {
      ERR_clear_error()
      return nil
    }
    return output
  }
}
