package import JSON

extension Shape {
  /// The whole config file.
  package static var file: Shape { GatewayOptions.codec.shape }

  /// A value that is good here, with what an example shows, or with every key that there is.
  package func example(complete: Bool) -> JSONValue {
    switch kind {
    case .section(let section):
      .object(JSONObject(section.fields.compactMap { $0.exampleMember(complete: complete) }))
    case .list(let element, _):
      example.array?.isEmpty == false && !element.isSection
        ? example : .array([element.example(complete: complete)])
    case .map(let element) where element.isSection:
      .object(
        JSONObject(
          (example.object ?? [:]).members.map { ($0.name, element.example(complete: complete)) }))
    default: example
    }
  }

  /// Whether it is an object with known keys.
  package var isSection: Bool { if case .section = kind { true } else { false } }
}

extension FieldShape {
  fileprivate func exampleMember(complete: Bool) -> (String, JSONValue)? {
    switch presence {
    case .required: return (name, shape.example(complete: complete))
    case .optional: return isShown || complete ? (name, shape.example(complete: complete)) : nil
    case .defaults(let value):
      if isShown || isContainer(value) && complete {
        return (name, shape.example(complete: complete))
      }
      return complete ? (name, value) : nil
    }
  }

  /// Whether a default says nothing of what could be inside.
  private func isContainer(_ value: JSONValue) -> Bool {
    value.object?.isEmpty ?? value.array?.isEmpty ?? false
  }
}
