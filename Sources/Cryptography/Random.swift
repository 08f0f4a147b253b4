internal import COpenSSL

/// Random bytes fit for keys, from libcrypto's generator seeded by the kernel.
public enum Random {
  /// That many random bytes.
  public static func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      fill(UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }

  /// 128 random bits as two words: no allocation.
  public static func words() -> (UInt64, UInt64) {
    var words: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &words) { fill($0) }
    return words
  }

  private static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    guard let start = buffer.baseAddress else { return }
    // Going on without randomness would hand out guessable secrets.
    guard RAND_bytes(start.assumingMemoryBound(to: UInt8.self), Int32(buffer.count)) == 1 else {
      fatalError("libcrypto has no random bytes")
    }
  }
}
