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
    let expected = lowerCase.utf8.span
    guard Int(length) == expected.count else { return false }
    for index in expected.indices
    where bytes[Int(offset) + index].lowercased != expected[index] { return false }
    return true
  }
}
