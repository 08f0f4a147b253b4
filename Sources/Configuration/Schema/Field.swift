internal import JSON

/// One key of a section: what may stand there, and how its value is read.
struct Field<Value: Sendable>: Sendable {
  /// What the docs and the schema say; `nil` for what no key of the file gives.
  let shape: FieldShape?

  /// Reads the value from the section's object.
  let read: @Sendable (JSON5Node, inout Reading) -> Value?

  /// A key that must be there.
  init(_ name: String, _ codec: Codec<Value>, _ documentation: String) {
    shape = FieldShape(
      name: name, documentation: documentation, shape: codec.shape, presence: .required,
      isShown: true)
    read = { section, reading in
      guard let node = section.member(name) else {
        let example = PrettyJSON.json5(codec.shape.example(complete: false))
        reading.fault(
          section.position, "lacks \"\(name)\"", "add \(name): \(example), or what fits")
        return nil
      }
      return reading.within(".\(name)") { codec.decode(node, &$0) }
    }
  }

  /// A key that has a value of its own accord; the default is read like what a user writes.
  init(
    _ name: String, _ codec: Codec<Value>, default value: JSONValue, shown isShown: Bool = false,
    _ documentation: String
  ) {
    shape = FieldShape(
      name: name, documentation: documentation, shape: codec.shape, presence: .defaults(value),
      isShown: isShown)
    read = { section, reading in
      let node = section.member(name) ?? JSON5Node(json: value, at: section.position)
      return reading.within(".\(name)") { codec.decode(node, &$0) }
    }
  }

  /// A key that may be missing.
  static func optional<Wrapped: Sendable>(
    _ name: String, _ codec: Codec<Wrapped>, shown isShown: Bool = false, _ documentation: String
  ) -> Field where Value == Wrapped? {
    Field(
      shape: FieldShape(
        name: name, documentation: documentation, shape: codec.shape, presence: .optional,
        isShown: isShown)
    ) { section, reading in
      guard let node = section.member(name) else { return .some(nil) }
      let value = reading.within(".\(name)") { codec.decode(node, &$0) }
      return value.map { .some($0) }
    }
  }

  private init(shape: FieldShape?, read: @escaping @Sendable (JSON5Node, inout Reading) -> Value?) {
    self.shape = shape
    self.read = read
  }
}

extension Field where Value == SourcePosition {
  /// Where the section begins; no key of the file.
  static var position: Field { Field(shape: nil) { section, _ in section.position } }
}

extension Field where Value == String {
  /// The file itself; no key of it.
  static var file: Field { Field(shape: nil) { _, reading in reading.surroundings.file } }
}

extension JSON5Node {
  /// The value of a key, if this is an object that has it.
  func member(_ name: String) -> JSON5Node? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.node
  }

  /// The elements, if this is an array.
  var elements: [JSON5Node] { if case .array(let elements) = value { elements } else { [] } }

  /// Where the value of a key stands, else where this begins.
  func place(_ name: String) -> SourcePosition { member(name)?.position ?? position }

  /// A value that no file holds, put at a place.
  init(json: JSONValue, at position: SourcePosition) {
    let value: JSON5Node.Value =
      switch json {
      case .null: .null
      case .bool(let value): .bool(value)
      case .integer(let value): .integer(value)
      case .number(let value): .number(value)
      case .string(let value): .string(value)
      case .array(let values): .array(values.map { JSON5Node(json: $0, at: position) })
      case .object(let object):
        .object(
          object.members.map {
            JSON5Member(
              name: $0.name, position: position, node: JSON5Node(json: $0.value, at: position))
          })
      }
    self.init(value, at: position)
  }
}
