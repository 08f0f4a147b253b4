internal import JSON

/// An object of the config that becomes one value of options, complete or not at all.
///
/// The fields are read in order and handed to `build` in that order, so the initialiser of the
/// options is what a section ends in, and a field of another type does not compile.
struct Section<Options: Sendable>: Sendable {
  /// What the docs and the schema say.
  let shape: SectionShape

  /// Reads all fields, then builds; `nil` after having reported a fault.
  let decode: @Sendable (JSON5Node, [JSON5Member], inout Reading) -> Options?

  init<each Value: Sendable>(
    _ documentation: String, _ field: repeat Field<each Value>,
    build: @escaping @Sendable (repeat each Value) -> Options
  ) {
    var fields: [FieldShape] = []
    for field in repeat each field {
      if let shape = field.shape { fields.append(shape) }
    }
    let shape = SectionShape(documentation: documentation, fields: fields)
    self.shape = shape
    decode = { node, members, reading in
      reading.refuseUnknown(members, known: shape.fields.map(\.name))
      let values = (repeat (each field).read(node, &reading))
      do throws(Missing) {
        return build(repeat try Missing.unwrap(each values))
      } catch {
        return nil
      }
    }
  }
}

/// A field could not be read; its fault is reported already.
private struct Missing: Error {
  static func unwrap<Value>(_ value: Value?) throws(Missing) -> Value {
    guard let value else { throw Missing() }
    return value
  }
}
