internal import COpenSSL
public import Diagnostics

/// HMAC (RFC 2104) with one digest under one key.
///
/// Safe from any thread: the keyed state is made once, and copied for each tag.
public final class HMAC: Sendable {
  private nonisolated(unsafe) let template: OpaquePointer
  /// Bytes in a tag.
  public let length: Int

  /// An authenticator for a key of any length.
  public init(_ digest: DigestAlgorithm, key: Secret<[UInt8]>) {
    template = allocated(EVP_MAC_CTX_new(Algorithms.hmac))
    length = digest.length
    let parameters = Parameters()
    parameters.add(utf8: OSSL_MAC_PARAM_DIGEST, digest.name)
    let secret = key.reveal()
    // A null key would mean "the one set before": an empty key still needs an address.
    let bytes = secret.isEmpty ? [0] : secret
    guard parameters.use({ EVP_MAC_init(template, bytes, secret.count, $0) }) == 1 else {
      fatalError("libcrypto refuses HMAC with \(digest.name)")
    }
  }

  deinit { EVP_MAC_CTX_free(template) }

  /// The tag of bytes.
  public func tag(_ bytes: Span<UInt8>) -> [UInt8] {
    let context = allocated(EVP_MAC_CTX_dup(template))
    defer { EVP_MAC_CTX_free(context) }
    return [UInt8](unsafeUninitializedCapacity: length) { output, count in
      let updated = bytes.withUnsafeBufferPointer {
        EVP_MAC_update(context, $0.baseAddress, $0.count)
      }
      guard updated == 1, EVP_MAC_final(context, output.baseAddress, &count, output.count) == 1
      else { fatalError("libcrypto refuses an HMAC") }
    }
  }

  /// Whether a tag is that of bytes, compared in constant time; one of another length is not.
  public func isValid(_ tag: [UInt8], over bytes: Span<UInt8>) -> Bool {
    constantTimeEqual(tag, self.tag(bytes))
  }
}
