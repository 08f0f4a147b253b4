/// The field lines of a parsed head, as slots into its bytes; storage is reused from head to head.
public struct FieldTable: Sendable {
  /// Every field line in order.
  public private(set) var slots: [FieldSlot] = []
  /// For each known field: the index of its first line plus one.
  private var firsts = InlineArray<32, UInt16>(repeating: 0)
  /// For each known field: whether it came, and whether it came again.
  private var seen: UInt32 = 0
  private var repeated: UInt32 = 0

  /// The first line of a known field.
  public func first(_ field: KnownField) -> FieldSlot? {
    guard has(field) else { return nil }
    return slots[Int(firsts[Int(field.rawValue)]) - 1]
  }

  /// Whether a known field came at least once.
  public func has(_ field: KnownField) -> Bool { seen & bit(field) != 0 }

  /// Whether a known field came more than once.
  public func isRepeated(_ field: KnownField) -> Bool { repeated & bit(field) != 0 }

  /// The fields as values, names in lower case; for the endpoints, not for the proxy.
  public func fields(in bytes: Span<UInt8>) -> Fields {
    var fields = Fields()
    for slot in slots {
      // Both were checked byte by byte when they were parsed; what is not UTF-8 is U+FFFD here.
      guard let name = FieldName(slot.name.text(in: bytes)),
        let value = FieldValue(slot.value.text(in: bytes))
      else { continue }
      fields.append(name, value)
    }
    return fields
  }

  mutating func removeAll() {
    slots.removeAll(keepingCapacity: true)
    seen = 0
    repeated = 0
  }

  mutating func append(_ slot: FieldSlot) {
    slots.append(slot)
    guard slot.known != .other else { return }
    let bit = bit(slot.known)
    if seen & bit == 0 {
      firsts[Int(slot.known.rawValue)] = UInt16(truncatingIfNeeded: slots.count)
    }
    repeated |= seen & bit
    seen |= bit
  }

  private func bit(_ field: KnownField) -> UInt32 { 1 << UInt32(field.rawValue) }
}
