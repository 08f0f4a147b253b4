internal import COpenSSL

/// AES in Galois/Counter Mode with a nonce of 96 and a tag of 128 bits; lengths are the caller's.
struct AESGCM {
  private let algorithm: CipherAlgorithm
  private static let tagLength = 16

  init(_ keyLength: AESKeyLength) { algorithm = CipherAlgorithm(mode: .gcm, keyLength: keyLength) }

  /// Ciphertext and tag, or nil if libcrypto fails.
  func seal(
    _ plaintext: Span<UInt8>, _ key: [UInt8], _ nonce: [UInt8], _ additionalData: Span<UInt8>
  ) -> (ciphertext: [UInt8], tag: [UInt8])? {
    ThreadContext.cipher(algorithm) { context in
      guard EVP_EncryptInit_ex2(context, nil, key, nonce, nil) == 1,
        Self.authenticate(additionalData, context),
        let ciphertext = Self.process(plaintext, context)
      else { return nil }
      var tag = [UInt8](repeating: 0, count: Self.tagLength)
      var written: Int32 = 0
      guard EVP_EncryptFinal_ex(context, nil, &written) == 1,
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagLength), &tag) == 1
      else { return nil }
      return (ciphertext, tag)
    }
  }

  /// The plaintext, or nil if anything was altered.
  func open(
    _ ciphertext: Span<UInt8>, _ key: [UInt8], _ nonce: Span<UInt8>, _ tag: Span<UInt8>,
    _ additionalData: Span<UInt8>
  ) -> [UInt8]? {
    ThreadContext.cipher(algorithm) { context in
      // libcrypto takes the tag as memory that it could write.
      var tag = tag.copied
      var written: Int32 = 0
      guard
        nonce.withUnsafeBufferPointer({
          EVP_DecryptInit_ex2(context, nil, key, $0.baseAddress, nil)
        }) == 1,
        Self.authenticate(additionalData, context),
        let plaintext = Self.process(ciphertext, context),
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1,
        EVP_DecryptFinal_ex(context, nil, &written) == 1
      else {
        ERR_clear_error()
        return nil
      }
      return plaintext
    }
  }

  private static func authenticate(_ bytes: Span<UInt8>, _ context: OpaquePointer) -> Bool {
    guard !bytes.isEmpty else { return true }
    guard let count = Int32(exactly: bytes.count) else { return false }
    var written: Int32 = 0
    return bytes.withUnsafeBufferPointer {
      EVP_CipherUpdate(context, nil, &written, $0.baseAddress, count)
    } == 1
  }

  private static func process(_ bytes: Span<UInt8>, _ context: OpaquePointer) -> [UInt8]? {
    guard !bytes.isEmpty else { return [] }
    guard let count = Int32(exactly: bytes.count) else { return nil }
    var written: Int32 = 0
    let output = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, initialized in
      let good = bytes.withUnsafeBufferPointer {
        EVP_CipherUpdate(context, output.baseAddress, &written, $0.baseAddress, count)
      }
      initialized = good == 1 ? Int(written) : 0
    }
    return output.count == bytes.count ? output : nil
  }
}

extension Span<UInt8> {
  /// The bytes as an array of their own.
  var copied: [UInt8] { withUnsafeBufferPointer { Array($0) } }
}
