/// Walks a comma-separated list (RFC 9110 5.6.1) of elements that hold no quoted commas.
///
/// Empty elements are passed over, as its section 5.6.1.2 asks of recipients.
public struct ListElements: Sendable {
  private var position: Int
  private let end: Int

  /// A walk over the value in a slot.
  public init(_ value: Slot) {
    position = value.range.lowerBound
    end = value.range.upperBound
  }

  /// The next element without the blanks around it, or nil at the end.
  public mutating func next(in bytes: Span<UInt8>) -> Slot? {
    while position < end {
      var first = position
      while position < end, bytes[position] != UInt8(ascii: ",") { position += 1 }
      var last = position
      position += 1
      while first < last, bytes[first].isBlank { first += 1 }
      while last > first, bytes[last - 1].isBlank { last -= 1 }
      if first < last { return Slot(first..<last) }
    }
    return nil
  }
}

extension Slot {
  /// Whether the slot holds a token (RFC 9110 5.6.2).
  public func isToken(in bytes: Span<UInt8>) -> Bool {
    for index in range {
      guard ByteClass.token.contains(bytes[index]) else { return false }
    }
    return !isEmpty
  }
}
