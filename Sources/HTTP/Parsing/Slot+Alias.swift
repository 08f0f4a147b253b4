extension Slot {
  /// Whether the slot holds the given lower-case name in any case, any other sign taken for a hyphen.
  ///
  /// CGI's heirs make an underscore of a hyphen, PHP of a dot too, others of all that is no letter.
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

  /// Whether the slot begins with the given lower-case text in any case, other signs for hyphens.
  public func hasAliasPrefix(_ lowerCase: String, in bytes: Span<UInt8>) -> Bool {
    guard Int(length) >= lowerCase.utf8.count else { return false }
    var index = range.lowerBound
    for expected in lowerCase.utf8 {
      let byte = bytes[index].isAlphanumeric ? bytes[index].lowercased : UInt8(ascii: "-")
      guard byte == expected else { return false }
      index += 1
    }
    return true
  }
}
