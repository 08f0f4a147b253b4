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

  /// Whether this process has made it.
  public var isOfThisProcess: Bool { high == Self.process }

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
    withDigits { digits in
      for index in digits.indices { buffer[index] = digits[index] }
    }
  }

  /// Calls a closure with the text form.
  public func withDigits(_ body: (Span<UInt8>) -> Void) {
    let digits = (
      Self.digits(high >> 32).bigEndian, Self.digits(high).bigEndian,
      Self.digits(low >> 32).bigEndian, Self.digits(low).bigEndian
    )
    withUnsafeBytes(of: digits) { bytes in
      bytes.withMemoryRebound(to: UInt8.self) { body($0.span) }
    }
  }

  /// The digits of the lower half of a word, all eight at once, the first in the highest byte.
  private static func digits(_ word: UInt64) -> UInt64 {
    var nibbles = word & 0xffff_ffff
    nibbles = (nibbles << 16 | nibbles) & 0x0000_ffff_0000_ffff
    nibbles = (nibbles << 8 | nibbles) & 0x00ff_00ff_00ff_00ff
    nibbles = (nibbles << 4 | nibbles) & 0x0f0f_0f0f_0f0f_0f0f
    // One in each byte whose nibble is a letter: from there it is further than from `9` to `a`.
    let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
  }
}
