/// SHA-256 (FIPS 180-4).
public enum SHA256 {
  /// The digest of bytes; safe from any thread, a third of a microsecond for a token.
  public static func digest(_ bytes: Span<UInt8>) -> Digest256 {
    bytes.withUnsafeBytes { digest(of: $0) }
  }

  /// The digest of bytes.
  public static func digest(_ bytes: [UInt8]) -> Digest256 {
    bytes.withUnsafeBytes { digest(of: $0) }
  }

  private static func digest(of bytes: UnsafeRawBufferPointer) -> Digest256 {
    ThreadContext.withDigest(.sha256, of: bytes) {
      Digest256(reading: UnsafeRawBufferPointer($0))
    }
  }
}

extension DigestAlgorithm {
  /// The digest of bytes by this algorithm.
  public func digest(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: length) { output, count in
      guard let start = output.baseAddress else { return }
      bytes.withUnsafeBytes { ThreadContext.digest(self, $0, into: start) }
      count = length
    }
  }
}
