// The credentials of an Authorization field (RFC 9110 11.4): a scheme, spaces, and the rest.
extension Slot {
  /// What follows the scheme, if it is the given one (in lower case here, in any case there).
  ///
  /// Empty when nothing follows.
  public func credentials(ofScheme scheme: String, in bytes: Span<UInt8>) -> Slot? {
    var index = range.lowerBound
    while index < range.upperBound, ByteClass.token.contains(bytes[index]) { index += 1 }
    guard Slot(range.lowerBound..<index).matches(scheme, in: bytes),
      index == range.upperBound || bytes[index] == .space
    else { return nil }
    while index < range.upperBound, bytes[index] == .space { index += 1 }
    return Slot(index..<range.upperBound)
  }
}
