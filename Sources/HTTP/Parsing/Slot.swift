/// Where a part of a message head lies in the bytes that were parsed: no copy, no `String`.
///
/// Offsets count from the first byte that the parser was given, so a slot stays good while the
/// caller keeps the head's bytes, wherever it moves them.
public struct Slot: Sendable, Equatable {
  /// The first byte.
  public let offset: UInt32
  /// How many bytes.
  public let length: UInt32

  /// A slot over a range of the bytes.
  init(_ range: Range<Int>) {
    offset = UInt32(truncatingIfNeeded: range.lowerBound)
    length = UInt32(truncatingIfNeeded: range.count)
  }

  /// A slot over nothing.
  static var empty: Slot { Slot(0..<0) }

  /// The bytes' positions, for `Span.extracting(_:)`.
  public var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { length == 0 }

  /// The text of the slot; bytes that are not UTF-8 become U+FFFD.
  public func text(in bytes: Span<UInt8>) -> String {
    String(copying: bytes.extracting(range))
  }

  /// Whether the slot holds nothing but the given lower-case ASCII text, in any case.
  public func matches(_ lowerCase: String, in bytes: Span<UInt8>) -> Bool {
    guard Int(length) == lowerCase.utf8.count else { return false }
    var index = Int(offset)
    for expected in lowerCase.utf8 {
      guard bytes[index].lowercased == expected else { return false }
      index += 1
    }
    return true
  }
}
