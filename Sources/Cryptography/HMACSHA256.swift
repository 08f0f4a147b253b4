internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104) under keys that are used once; see `HMAC` for one that stays.
public enum HMACSHA256 {
  /// The tag of bytes under a key of any length; safe from any thread.
  public static func tag(_ bytes: [UInt8], key: [UInt8]) -> Digest256 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest256.length) { output in
      var length = 0
      let good = key.withUnsafeBytes { key in
        ThreadContext.hmac(.sha256, key: key) { context in
          EVP_MAC_update(context, bytes, bytes.count) == 1
            && EVP_MAC_final(context, output.baseAddress, &length, output.count) == 1
        }
      }
      guard good else { fatalError("libcrypto refuses HMAC-SHA256") }
      return Digest256(reading: UnsafeRawBufferPointer(output))
    }
  }
}
