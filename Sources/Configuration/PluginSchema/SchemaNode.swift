internal import JSON

/// A schema of one value, its keywords understood.
struct SchemaNode: Sendable {
  /// The types of JSON Schema.
  enum ValueType: String, Sendable {
    case null, boolean, integer, number, string, array, object
  }

  /// What an object may hold besides its properties.
  indirect enum Additional: Sendable {
    case allowed
    case refused
    case checked(SchemaNode)
  }

  var types: [ValueType] = []
  var properties: [(name: String, schema: SchemaNode)] = []
  var required: [String] = []
  var additional = Additional.allowed
  var choices: [JSONValue]?
  var minimum: Double?
  var maximum: Double?
  var lengths: ClosedRange<Int> = 0...Int.max
  var counts: ClosedRange<Int> = 0...Int.max
  var items: [SchemaNode] = []

  /// Keywords that say nothing about a value.
  private static let annotations: Set<String> = [
    "title", "description", "default", "examples", "$schema", "$id", "$comment",
  ]

  init(_ value: JSONValue, at pointer: String) throws(PluginConfigSchemaError) {
    guard let object = value.object else {
      throw PluginConfigSchemaError(pointer, "is not an object")
    }
    for member in object.members where !Self.annotations.contains(member.name) {
      try read(member.name, member.value, at: "\(pointer)/\(member.name)")
    }
  }

  private mutating func read(
    _ keyword: String, _ value: JSONValue, at pointer: String
  ) throws(PluginConfigSchemaError) {
    switch keyword {
    case "type": types = try Self.types(value, pointer)
    case "properties": properties = try Self.properties(value, pointer)
    case "required": required = try Self.strings(value, pointer)
    case "additionalProperties": additional = try Self.additional(value, pointer)
    case "items": items = [try SchemaNode(value, at: pointer)]
    case "enum": choices = try Self.array(value, pointer)
    case "const": choices = [value]
    case "minimum": minimum = try Self.number(value, pointer)
    case "maximum": maximum = try Self.number(value, pointer)
    case "minLength": lengths = try Self.raise(lengths, value, pointer)
    case "maxLength": lengths = try Self.lower(lengths, value, pointer)
    case "minItems": counts = try Self.raise(counts, value, pointer)
    case "maxItems": counts = try Self.lower(counts, value, pointer)
    default:
      throw PluginConfigSchemaError(pointer, "is the keyword \"\(keyword)\", which is not known")
    }
  }
}

// MARK: - The values of keywords

extension SchemaNode {
  private static func array(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> [JSONValue] {
    guard let array = value.array, !array.isEmpty else {
      throw PluginConfigSchemaError(pointer, "is not an array with elements")
    }
    return array
  }

  private static func strings(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> [String] {
    guard let array = value.array, array.allSatisfy({ $0.string != nil }) else {
      throw PluginConfigSchemaError(pointer, "is not an array of strings")
    }
    return array.compactMap(\.string)
  }

  private static func types(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> [ValueType] {
    let names = try strings(value.string.map { .array([.string($0)]) } ?? value, pointer)
    let types = names.compactMap(ValueType.init(rawValue:))
    guard types.count == names.count, !types.isEmpty else {
      throw PluginConfigSchemaError(pointer, "names an unknown type")
    }
    return types
  }

  private static func properties(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> [(name: String, schema: SchemaNode)] {
    guard let object = value.object else {
      throw PluginConfigSchemaError(pointer, "is not an object")
    }
    var properties: [(name: String, schema: SchemaNode)] = []
    for member in object.members {
      let schema = try SchemaNode(member.value, at: "\(pointer)/\(member.name)")
      properties.append((member.name, schema))
    }
    return properties
  }

  private static func additional(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> Additional {
    if let allowed = value.bool { return allowed ? .allowed : .refused }
    return .checked(try SchemaNode(value, at: pointer))
  }

  private static func number(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> Double {
    guard let number = value.number else {
      throw PluginConfigSchemaError(pointer, "is not a number")
    }
    return number
  }

  private static func count(
    _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> Int {
    guard let integer = value.integer, let count = Int(exactly: integer), count >= 0 else {
      throw PluginConfigSchemaError(pointer, "is not a whole number from 0")
    }
    return count
  }

  private static func raise(
    _ range: ClosedRange<Int>, _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> ClosedRange<Int> {
    let low = try count(value, pointer)
    guard low <= range.upperBound else {
      throw PluginConfigSchemaError(pointer, "is over the maximum")
    }
    return low...range.upperBound
  }

  private static func lower(
    _ range: ClosedRange<Int>, _ value: JSONValue, _ pointer: String
  ) throws(PluginConfigSchemaError) -> ClosedRange<Int> {
    let high = try count(value, pointer)
    guard high >= range.lowerBound else {
      throw PluginConfigSchemaError(pointer, "is under the minimum")
    }
    return range.lowerBound...high
  }
}
