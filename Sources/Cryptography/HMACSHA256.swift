internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104) under one key.
///
/// Keeps its context, so that a tag costs no key set-up. Not for two threads at once.
public final class HMACSHA256 {
  private let context: OpaquePointer

  /// An authenticator for a key of any length.
  public init(key: [UInt8]) {
    context = allocated(EVP_MAC_CTX_new(Algorithms.hmac))
    let parameters = Parameters()
    parameters.add(utf8: OSSL_MAC_PARAM_DIGEST, DigestAlgorithm.sha256.name)
    // A null key would mean "the one set before": an empty key still needs an address.
    let bytes = key.isEmpty ? [0] : key
    guard parameters.use({ EVP_MAC_init(context, bytes, key.count, $0) }) == 1 else {
      fatalError("libcrypto refuses HMAC-SHA256")
    }
  }

  deinit { EVP_MAC_CTX_free(context) }

  /// The tag of bytes.
  public func tag(_ bytes: [UInt8]) -> Digest256 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest256.length) { output in
      var length = 0
      guard EVP_MAC_init(context, nil, 0, nil) == 1,
        EVP_MAC_update(context, bytes, bytes.count) == 1,
        EVP_MAC_final(context, output.baseAddress, &length, output.count) == 1
      else { fatalError("libcrypto refuses HMAC-SHA256") }
      return Digest256(reading: UnsafeRawBufferPointer(output))
    }
  }

  /// The tag of bytes under a key that is used once.
  public static func tag(_ bytes: [UInt8], key: [UInt8]) -> Digest256 {
    HMACSHA256(key: key).tag(bytes)
  }
}
