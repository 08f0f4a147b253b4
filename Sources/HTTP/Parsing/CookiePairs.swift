/// Walks the pairs of a Cookie field (RFC 6265 4.2.1), divided by semicolons.
public struct CookiePairs: Sendable {
  private var position: Int
  private let end: Int

  /// One pair of the field.
  public struct Pair: Sendable {
    /// What stands before the equals sign; the whole pair without one.
    public let name: Slot
    /// The pair without the blanks around it.
    public let whole: Slot
  }

  /// A walk over the value in a slot.
  public init(_ value: Slot) {
    position = value.range.lowerBound
    end = value.range.upperBound
  }

  /// The next pair that is not empty, or nil at the end.
  public mutating func next(in bytes: Span<UInt8>) -> Pair? {
    while position < end {
      var first = position
      while position < end, bytes[position] != UInt8(ascii: ";") { position += 1 }
      var last = position
      position += 1
      while first < last, bytes[first].isBlank { first += 1 }
      while last > first, bytes[last - 1].isBlank { last -= 1 }
      guard first < last else { continue }
      var nameEnd = first
      while nameEnd < last, bytes[nameEnd] != UInt8(ascii: "=") { nameEnd += 1 }
      while nameEnd > first, bytes[nameEnd - 1].isBlank { nameEnd -= 1 }
      return Pair(name: Slot(first..<nameEnd), whole: Slot(first..<last))
    }
    return nil
  }
}
