/// One field line of a parsed head.
public struct FieldSlot: Sendable, Equatable {
  /// The name, in the case that was sent.
  public let name: Slot
  /// The value without the blanks around it.
  public let value: Slot
  /// Which of the fields that this program acts on, if one.
  public let known: KnownField
  /// Whether another sign for a hyphen is all that keeps the name from being a known field's.
  ///
  /// Programs that turn names into variables, CGI's heirs, take both for one.
  public let isAlias: Bool

  /// A field line; the name decides what it is known as.
  init(name: Slot, value: Slot, in bytes: Span<UInt8>) {
    self.name = name
    self.value = value
    let candidate = KnownField.candidate(name, in: bytes)
    let isKnown = candidate != .other && name.matches(candidate.name, in: bytes)
    known = isKnown ? candidate : .other
    isAlias = !isKnown && candidate != .other && name.isAlias(of: candidate.name, in: bytes)
  }
}
