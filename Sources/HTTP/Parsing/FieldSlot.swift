/// One field line of a parsed head.
public struct FieldSlot: Sendable, Equatable {
  /// The name, in the case that was sent.
  public let name: Slot
  /// The value without the blanks around it.
  public let value: Slot
  /// Which of the fields that this program acts on, if one.
  public let known: KnownField
}
