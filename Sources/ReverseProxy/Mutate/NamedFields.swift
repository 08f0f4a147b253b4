internal import HTTP

/// The fields that a Connection field names as its hop's own (RFC 9110 7.6.1).
struct NamedFields {
  private let fields: FieldTable
  private let isEmpty: Bool

  init(_ connection: ConnectionOptions, of fields: FieldTable) {
    self.fields = fields
    isEmpty = !connection.namesFields
  }

  /// Whether a field is named there, in any case.
  func contains(_ name: Slot, in bytes: Span<UInt8>) -> Bool {
    guard !isEmpty else { return false }
    for field in fields.slots where field.known == .connection {
      var list = ListElements(field.value)
      while let option = list.next(in: bytes) {
        if option.equals(name, in: bytes) { return true }
      }
    }
    return false
  }
}
