internal import Diagnostics
internal import JSON

/// The schema of the config file for editors: JSON Schema 2020-12.
enum JSONSchemaText {
  static func text() -> String {
    var schema: JSONObject = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Sallyport configuration",
    ]
    for member in object(Shape.file).members { schema[member.name] = member.value }
    schema["$defs"] = ["reference": reference]
    return PrettyJSON.text(.object(schema)) + "\n"
  }

  /// A string that stands elsewhere.
  private static let reference: JSONValue = [
    "description": "A string that stands in the environment or in a file.",
    "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
    "properties": ["env": ["type": "string"], "file": ["type": "string"]],
  ]

  private static func object(_ shape: Shape) -> JSONObject {
    switch shape.kind {
    case .bool: return ["type": "boolean"]
    case .integer(let range):
      return [
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .text(let longest):
      return string(["type": "string", "maxLength": .integer(Int64(longest))])
    case .choice(let words): return string(["enum": .array(words.map(JSONValue.string))])
    case .lifetime: return string(["type": "string", "pattern": "^(0|[1-9][0-9]*)(ms|s|m|h|d)$"])
    case .size: return string(["type": "string", "pattern": "^(0|[1-9][0-9]*)(B|KiB|MiB|GiB)$"])
    case .secret: return string(["type": "string"])
    case .list(let element, let count):
      return [
        "type": "array", "items": .object(object(element)),
        "minItems": .integer(Int64(count.lowerBound)),
        "maxItems": .integer(Int64(count.upperBound)),
      ]
    case .map(let element):
      return ["type": "object", "additionalProperties": .object(object(element))]
    case .section(let section): return object(section)
    case .free: return ["type": "object"]
    }
  }

  private static func string(_ literal: JSONValue) -> JSONObject {
    ["anyOf": [literal, ["$ref": "#/$defs/reference"]]]
  }

  private static func object(_ section: SectionShape) -> JSONObject {
    let properties = section.fields.map { ($0.name, JSONValue.object(property($0))) }
    let required = section.fields.compactMap { field in
      if case .required = field.presence { JSONValue.string(field.name) } else { nil }
    }
    var object: JSONObject = [
      "type": "object", "properties": .object(JSONObject(properties)),
      "additionalProperties": false,
    ]
    if !required.isEmpty { object["required"] = .array(required) }
    return object
  }

  private static func property(_ field: FieldShape) -> JSONObject {
    var property = object(field.shape)
    property["description"] = .string(field.documentation)
    if case .defaults(let value) = field.presence { property["default"] = value }
    return property
  }
}
