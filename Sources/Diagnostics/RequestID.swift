internal import CLinux
internal import Synchronization

/// The name of one request in answers (`X-Request-Id`), log lines and the decision log.
///
/// 128 bits: a random start for the process and a count, so that making one costs no system call.
public struct RequestID: Hashable, Sendable, CustomStringConvertible {
  /// The upper half: random for each process.
  public let high: UInt64
  /// The lower half: counts up from a random start.
  public let low: UInt64

  /// An id from its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// An id from its 32 lower-case hexadecimal digits, or nil.
  public init?(_ text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 32,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// A new id, different from every other of this process.
  public static func next() -> RequestID {
    RequestID(
      high: Self.process, low: Self.counter.wrappingAdd(1, ordering: .relaxed).newValue)
  }

  private static let process = randomWord()
  private static let counter = Atomic<UInt64>(randomWord())

  private static func randomWord() -> UInt64 {
    var word: UInt64 = 0
    withUnsafeMutableBytes(of: &word) { bytes in
      precondition(sp_random(bytes.baseAddress, bytes.count) == 0, "the kernel has no random bytes")
    }
    return word
  }

  /// 32 lower-case hexadecimal digits.
  public var description: String {
    String(unsafeUninitializedCapacity: Self.length) { buffer in
      write(into: buffer)
      return Self.length
    }
  }

  /// How many bytes the text form takes.
  public static let length = 32

  /// Writes the text form into the first `length` bytes of a buffer that has room for it.
  public func write(into buffer: UnsafeMutableBufferPointer<UInt8>) {
    precondition(buffer.count >= Self.length)
    for index in 0..<Self.length {
      let word = index < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64((15 - index % 16) * 4)) & 0xf
      buffer[index] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
    }
  }
}
