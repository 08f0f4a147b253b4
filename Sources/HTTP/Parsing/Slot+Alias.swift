extension Slot {
  /// Whether the slot holds the given lower-case name in any case, underscores taken for hyphens.
  public func isAlias(of lowerCase: String, in bytes: Span<UInt8>) -> Bool {
    Int(length) == lowerCase.utf8.count && hasAliasPrefix(lowerCase, in: bytes)
  }

  /// Whether the slot begins with the given lower-case text in any case.
  public func hasPrefix(_ lowerCase: String, in bytes: Span<UInt8>) -> Bool {
    guard Int(length) >= lowerCase.utf8.count else { return false }
    var index = range.lowerBound
    for expected in lowerCase.utf8 {
      guard bytes[index].lowercased == expected else { return false }
      index += 1
    }
    return true
  }

  /// Whether the slot begins with the given lower-case text in any case, underscores for hyphens.
  public func hasAliasPrefix(_ lowerCase: String, in bytes: Span<UInt8>) -> Bool {
    guard Int(length) >= lowerCase.utf8.count else { return false }
    var index = range.lowerBound
    for expected in lowerCase.utf8 {
      let byte = bytes[index] == UInt8(ascii: "_") ? UInt8(ascii: "-") : bytes[index].lowercased
      guard byte == expected else { return false }
      index += 1
    }
    return true
  }
}
