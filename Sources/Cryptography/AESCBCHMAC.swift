internal import COpenSSL

/// AES in CBC mode, then HMAC over everything (RFC 7518 5.2.2); lengths are the caller's.
///
/// The first half of the key authenticates, the second encrypts. Opening checks the tag before it
/// decrypts, so padding never answers a question.
struct AESCBCHMAC {
  private let algorithm: CipherAlgorithm
  private let digest: DigestAlgorithm
  /// Bytes in each half of the key, and in the tag.
  private let half: Int

  init(_ keyLength: AESKeyLength) {
    algorithm = CipherAlgorithm(mode: .cbc, keyLength: keyLength)
    half = keyLength.bytes
    digest =
      switch keyLength {
      case .bits128: .sha256
      case .bits192: .sha384
      case .bits256: .sha512
      }
  }

  private static let blockLength = 16

  /// Ciphertext and tag, or nil if libcrypto fails.
  func seal(
    _ plaintext: Span<UInt8>, _ key: [UInt8], _ nonce: [UInt8], _ additionalData: Span<UInt8>
  ) -> (ciphertext: [UInt8], tag: [UInt8])? {
    guard let ciphertext = transform(plaintext, key, nonce.span, encrypts: true) else { return nil }
    let tag = tag(additionalData, nonce.span, ciphertext.span, key)
    return (ciphertext, tag)
  }

  /// The plaintext, or nil if anything was altered.
  func open(
    _ ciphertext: Span<UInt8>, _ key: [UInt8], _ nonce: Span<UInt8>, _ tag: Span<UInt8>,
    _ additionalData: Span<UInt8>
  ) -> [UInt8]? {
    let expected = self.tag(additionalData, nonce, ciphertext, key)
    guard constantTimeEqual(expected, tag.copied) else { return nil }
    // CBC with padding makes whole blocks, and at least one.
    guard !ciphertext.isEmpty, ciphertext.count % Self.blockLength == 0 else { return nil }
    return transform(ciphertext, key, nonce, encrypts: false)
  }

  /// The first half of `HMAC(A || IV || E || AL)`, `AL` being the bits of `A` in 64 bits.
  private func tag(
    _ additionalData: Span<UInt8>, _ nonce: Span<UInt8>, _ ciphertext: Span<UInt8>, _ key: [UInt8]
  ) -> [UInt8] {
    let bits = UInt64(additionalData.count) * 8
    let length = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    let whole = [UInt8](unsafeUninitializedCapacity: digest.length) { output, count in
      let good = key.withUnsafeBytes { key in
        ThreadContext.hmac(digest, key: UnsafeRawBufferPointer(rebasing: key[..<half])) { context in
          Self.update(context, additionalData) && Self.update(context, nonce)
            && Self.update(context, ciphertext) && Self.update(context, length.span)
            && EVP_MAC_final(context, output.baseAddress, &count, output.count) == 1
        }
      }
      guard good else { fatalError("libcrypto refuses HMAC-\(digest.name)") }
    }
    return Array(whole[..<half])
  }

  private static func update(_ context: OpaquePointer, _ bytes: Span<UInt8>) -> Bool {
    guard !bytes.isEmpty else { return true }
    return bytes.withUnsafeBufferPointer {
      EVP_MAC_update(context, $0.baseAddress, $0.count)
    } == 1
  }

  /// Encrypts or decrypts with padding (RFC 5652 6.3); nil if the padding is none.
  private func transform(
    _ input: Span<UInt8>, _ key: [UInt8], _ nonce: Span<UInt8>, encrypts: Bool
  ) -> [UInt8]? {
    guard let count = Int32(exactly: input.count) else { return nil }
    var good = false
    let output = [UInt8](unsafeUninitializedCapacity: input.count + Self.blockLength) {
      output, initialized in
      good = ThreadContext.cipher(algorithm) { context in
        guard let start = output.baseAddress, ready(context, key, nonce, encrypts: encrypts) else {
          return false
        }
        var written: Int32 = 0
        var last: Int32 = 0
        guard
          input.withUnsafeBufferPointer({
            count == 0 ? 1 : EVP_CipherUpdate(context, start, &written, $0.baseAddress, count)
          }) == 1, EVP_CipherFinal_ex(context, start + Int(written), &last) == 1
        else { return false }
        initialized = Int(written) + Int(last)
        return true
      }
    }
    if !good { ERR_clear_error() }
    return good ? output : nil
  }

  private func ready(
    _ context: OpaquePointer, _ key: [UInt8], _ nonce: Span<UInt8>, encrypts: Bool
  ) -> Bool {
    key.withUnsafeBufferPointer { key in
      nonce.withUnsafeBufferPointer { nonce in
        let cipherKey = UnsafeBufferPointer(rebasing: key[half...])
        return EVP_CipherInit_ex2(
          context, nil, cipherKey.baseAddress, nonce.baseAddress, encrypts ? 1 : 0, nil) == 1
      }
    }
  }
}
