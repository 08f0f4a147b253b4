internal import COpenSSL

/// Verifies signatures with one public key by one scheme, keeping the context between them.
///
/// Not for two threads at once: each event loop owns its own.
public final class SignatureVerifier {
  private let key: PublicKey
  private let scheme: SignatureScheme
  private let work: SignatureWork
  private let signatureLength: Int

  /// A verifier; throws `wrongKeyType` if the scheme is not one for the key.
  public init(_ key: PublicKey, _ scheme: SignatureScheme) throws(CryptographyError) {
    signatureLength = try scheme.signatureLength(key.type)
    self.key = key
    self.scheme = scheme
    work = try SignatureWork(key.pointer, scheme, prepare: EVP_PKEY_verify_init)
  }

  /// Whether a signature is the key's over a message; one of a wrong length is not.
  public func isValid(_ signature: [UInt8], over message: [UInt8]) -> Bool {
    isValid(signature.span, over: message.span)
  }

  /// Whether a signature is the key's over a message; one of a wrong length is not.
  public func isValid(_ signature: Span<UInt8>, over message: Span<UInt8>) -> Bool {
    guard signature.count == signatureLength else { return false }
    let valid = signature.withUnsafeBufferPointer { signature in
      message.withUnsafeBytes { message in check(signature, message) }
    }
    // What libcrypto says of a bad signature must not be read as another call's error.
    if !valid { ERR_clear_error() }
    return valid
  }

  private func check(
    _ signature: UnsafeBufferPointer<UInt8>, _ message: UnsafeRawBufferPointer
  ) -> Bool {
    switch work {
    case .message(let context): return checkMessage(context, signature, message)
    case .digest(let algorithm, let context):
      return ThreadContext.withDigest(algorithm, of: message) { digest in
        if case .ecdsa = scheme { return checkECDSA(context, signature, digest) }
        return EVP_PKEY_verify(
          context.pointer, signature.baseAddress, signature.count, digest.baseAddress,
          digest.count) == 1
      }
    }
  }

  private func checkECDSA(
    _ context: SignatureContext, _ signature: UnsafeBufferPointer<UInt8>,
    _ digest: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let capacity = ECDSASignature.maximumLength
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { der in
      let length = ECDSASignature.writeDER(signature, into: der)
      guard length > 0 else { return false }
      return EVP_PKEY_verify(
        context.pointer, der.baseAddress, length, digest.baseAddress, digest.count) == 1
    }
  }

  private func checkMessage(
    _ context: MessageContext, _ signature: UnsafeBufferPointer<UInt8>,
    _ message: UnsafeRawBufferPointer
  ) -> Bool {
    let digests = context.pointer
    guard EVP_MD_CTX_reset(digests) == 1,
      EVP_DigestVerifyInit_ex(digests, nil, nil, nil, nil, key.pointer, nil) == 1
    else { return false }
    let bytes = message.bindMemory(to: UInt8.self)
    return EVP_DigestVerify(
      digests, signature.baseAddress, signature.count, bytes.baseAddress, bytes.count) == 1
  }
}
