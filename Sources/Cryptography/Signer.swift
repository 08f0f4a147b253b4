internal import COpenSSL

/// Signs with one private key by one scheme, keeping the context between signatures.
///
/// Not for two threads at once: one for each thread and key, or take one from a `SignerPool`.
public final class Signer {
  private let key: PrivateKey
  private let scheme: SignatureScheme
  private let work: SignatureWork
  /// Bytes in a signature.
  public let signatureLength: Int

  /// A signer; throws `wrongKeyType` if the scheme is not one for the key.
  public init(_ key: PrivateKey, _ scheme: SignatureScheme) throws(CryptographyError) {
    signatureLength = try scheme.signatureLength(key.type)
    self.key = key
    self.scheme = scheme
    work = try SignatureWork(key.pointer, scheme, prepare: EVP_PKEY_sign_init)
  }

  /// The signature of a message.
  public func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
    try sign(message.span)
  }

  /// The signature of a message.
  public func sign(_ message: Span<UInt8>) throws(CryptographyError) -> [UInt8] {
    let signature = [UInt8](unsafeUninitializedCapacity: signatureLength) { output, count in
      let good = message.withUnsafeBytes { write($0, output) }
      count = good ? signatureLength : 0
    }
    guard !signature.isEmpty else { throw .libcrypto("signature") }
    return signature
  }

  private func write(
    _ message: UnsafeRawBufferPointer, _ output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    switch work {
    case .message(let context): return writeMessageSignature(context, message, output)
    case .digest(let algorithm, let context):
      return ThreadContext.withDigest(algorithm, of: message) { digest in
        if case .ecdsa = scheme { return writeECDSA(context, digest, output) }
        var length = signatureLength
        return EVP_PKEY_sign(
          context.pointer, output.baseAddress, &length, digest.baseAddress, digest.count) == 1
          && length == signatureLength
      }
    }
  }

  private func writeECDSA(
    _ context: SignatureContext, _ digest: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    let capacity = ECDSASignature.maximumLength
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { der in
      var length = capacity
      guard
        EVP_PKEY_sign(
          context.pointer, der.baseAddress, &length, digest.baseAddress, digest.count) == 1
      else { return false }
      let made = UnsafeBufferPointer(rebasing: der[..<length])
      return ECDSASignature.writeRaw(
        made, into: UnsafeMutableBufferPointer(rebasing: output[..<signatureLength]))
    }
  }

  private func writeMessageSignature(
    _ context: MessageContext, _ message: UnsafeRawBufferPointer,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    let digests = context.pointer
    guard EVP_MD_CTX_reset(digests) == 1,
      EVP_DigestSignInit_ex(digests, nil, nil, nil, nil, key.pointer, nil) == 1
    else { return false }
    let bytes = message.bindMemory(to: UInt8.self)
    var length = signatureLength
    return EVP_DigestSign(digests, output.baseAddress, &length, bytes.baseAddress, bytes.count) == 1
      && length == signatureLength
  }
}
