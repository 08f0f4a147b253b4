public import JSON

extension JSONSchema {
  /// The schema as OpenAPI 3.1 writes it; named ones are put into `components` and referred to.
  public func rendered(into components: inout JSONObject) -> JSONValue {
    guard let name else { return .object(inPlace(&components)) }
    if components[name] == nil {
      // Reserved first, so that the order is that of the first mention.
      components[name] = .object(JSONObject())
      components[name] = .object(inPlace(&components))
    }
    return .object(["$ref": .string("#/components/schemas/" + name)])
  }

  private func inPlace(_ components: inout JSONObject) -> JSONObject {
    var schema = JSONObject()
    switch shape {
    case .any: break
    case .string(let format):
      schema["type"] = "string"
      if let format { schema["format"] = .string(format) }
    case .choice(let words):
      schema["type"] = "string"
      schema["enum"] = .array(words.map(JSONValue.string))
    case .integer(let least):
      schema["type"] = "integer"
      if let least { schema["minimum"] = .integer(least) }
    case .boolean:
      schema["type"] = "boolean"
    case .array(let element):
      schema["type"] = "array"
      schema["items"] = element.rendered(into: &components)
    case .object(let members, let others):
      Self.write(members, others, to: &schema, &components)
    }
    if !text.isEmpty { schema["description"] = .string(text) }
    return schema
  }

  private static func write(
    _ members: [Member], _ others: JSONSchema?, to schema: inout JSONObject,
    _ components: inout JSONObject
  ) {
    schema["type"] = "object"
    if !members.isEmpty {
      var properties = JSONObject()
      for member in members {
        properties[member.name] = member.schema.rendered(into: &components)
      }
      schema["properties"] = .object(properties)
    }
    let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { schema["required"] = .array(required) }
    if let others { schema["additionalProperties"] = others.rendered(into: &components) }
  }
}
