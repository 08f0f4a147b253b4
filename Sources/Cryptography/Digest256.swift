/// The 32 bytes of a SHA-256 digest, kept in four words so that comparing and hashing are cheap.
///
/// `==` is not constant-time: compare secrets with `constantTimeEqual`.
public struct Digest256: Hashable, Sendable {
  /// The digest's words, in its byte order read as big-endian.
  public let words: (UInt64, UInt64, UInt64, UInt64)

  /// A digest from its words.
  public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// A digest from exactly 32 bytes, or nil.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.length else { return nil }
    self = bytes.withUnsafeBytes { Digest256(reading: $0) }
  }

  /// A digest from a buffer of at least 32 bytes.
  init(reading bytes: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// 32.
  public static let length = 32

  /// The digest's 32 bytes.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.length) { buffer, count in
      write(into: UnsafeMutableRawBufferPointer(buffer))
      count = Self.length
    }
  }

  func write(into bytes: UnsafeMutableRawBufferPointer) {
    bytes.storeBytes(of: words.0.bigEndian, toByteOffset: 0, as: UInt64.self)
    bytes.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
    bytes.storeBytes(of: words.2.bigEndian, toByteOffset: 16, as: UInt64.self)
    bytes.storeBytes(of: words.3.bigEndian, toByteOffset: 24, as: UInt64.self)
  }

  /// Equal bit for bit.
  public static func == (left: Digest256, right: Digest256) -> Bool {
    left.words == right.words
  }

  /// The first word alone: every bit of a digest is as good as the others.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
