internal import JSON

/// Checks a config entry's options against the JSON Schema that its plugin brings.
///
/// It knows the keywords that options need: `type`, `enum`, `const`, `properties`, `required`,
/// `additionalProperties`, `items`, and the bounds of numbers, texts and arrays. What it does not
/// know it passes over: the plugin's own `validate` comes after it.
struct SchemaCheck {
  private(set) var faults: [PluginConfigurationFault] = []

  /// The faults of a value, all at once.
  static func faults(of value: JSONObject, by schema: JSONObject) -> [PluginConfigurationFault] {
    var check = SchemaCheck()
    check.check(.object(value), schema, at: "")
    return check.faults
  }

  private mutating func check(_ value: JSONValue, _ schema: JSONObject, at pointer: String) {
    guard hasType(value, schema, pointer) else { return }
    if let allowed = schema["enum"]?.array, !allowed.contains(value) {
      fault(pointer, value, "one of \(allowed.map(Self.text).joined(separator: ", "))")
    }
    if let constant = schema["const"], constant != value {
      fault(pointer, value, Self.text(constant))
    }
    switch value {
    case .object(let object): check(object, schema, at: pointer)
    case .array(let elements): check(elements, schema, at: pointer)
    case .string(let text):
      bound(Int64(text.unicodeScalars.count), schema, ("minLength", "maxLength"), pointer, value)
    case .integer(let number): bound(number, schema, ("minimum", "maximum"), pointer, value)
    case .number(let number): bound(number, schema, pointer, value)
    case .null, .bool: break
    }
  }

  private mutating func check(_ object: JSONObject, _ schema: JSONObject, at pointer: String) {
    let properties = schema["properties"]?.object ?? JSONObject()
    for name in schema["required"]?.array?.compactMap(\.string) ?? [] where object[name] == nil {
      faults.append(
        PluginConfigurationFault(pointer: pointer, message: "\(name) is missing; set it"))
    }
    for (name, value) in object.members {
      let place = pointer + "/" + Self.escaped(name)
      if let property = properties[name]?.object {
        check(value, property, at: place)
      } else if properties[name] == nil {
        unlisted(name, value, properties, schema, place)
      }
    }
  }

  private mutating func unlisted(
    _ name: String, _ value: JSONValue, _ properties: JSONObject, _ schema: JSONObject,
    _ place: String
  ) {
    switch schema["additionalProperties"] {
    case .bool(false)?:
      let known = properties.members.map(\.name).joined(separator: ", ")
      faults.append(
        PluginConfigurationFault(
          pointer: place,
          message: "there is no option \"\(name)\"; "
            + (known.isEmpty ? "this plugin has none" : "there are: \(known)")))
    case .object(let additional)?: check(value, additional, at: place)
    default: break
    }
  }

  private mutating func check(_ elements: [JSONValue], _ schema: JSONObject, at pointer: String) {
    bound(Int64(elements.count), schema, ("minItems", "maxItems"), pointer, .array(elements))
    guard let items = schema["items"]?.object else { return }
    for (position, element) in elements.enumerated() {
      check(element, items, at: "\(pointer)/\(position)")
    }
  }

  private mutating func hasType(_ value: JSONValue, _ schema: JSONObject, _ pointer: String) -> Bool
  {
    let types: [String]
    switch schema["type"] {
    case .string(let type)?: types = [type]
    case .array(let list)?: types = list.compactMap(\.string)
    default: return true
    }
    guard !types.contains(where: { Self.type($0, fits: value) }) else { return true }
    fault(pointer, value, types.joined(separator: " or "))
    return false
  }

  private static func type(_ type: String, fits value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
      ("null", .null), ("integer", .integer), ("number", .integer), ("number", .number):
      true
    case ("integer", .number(let number)): number.rounded() == number
    default: false
    }
  }

  private mutating func bound(
    _ count: Int64, _ schema: JSONObject, _ names: (least: String, most: String),
    _ pointer: String, _ value: JSONValue
  ) {
    if let least = schema[names.least]?.integer, count < least {
      fault(pointer, value, "\(names.least) \(least)")
    }
    if let most = schema[names.most]?.integer, count > most {
      fault(pointer, value, "\(names.most) \(most)")
    }
  }

  private mutating func bound(
    _ number: Double, _ schema: JSONObject, _ pointer: String, _ value: JSONValue
  ) {
    if let least = schema["minimum"]?.number, number < least {
      fault(pointer, value, "minimum \(least)")
    }
    if let most = schema["maximum"]?.number, number > most {
      fault(pointer, value, "maximum \(most)")
    }
  }

  private mutating func fault(_ pointer: String, _ found: JSONValue, _ expected: String) {
    faults.append(
      PluginConfigurationFault(
        pointer: pointer, message: "found \(Self.text(found)), expected \(expected)"))
  }

  /// A value for a message; only its kind if it is long, for it may be a secret's place.
  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .object: return "an object"
    case .array: return "an array"
    default:
      let text = String(decoding: value.serialized(), as: UTF8.self)
      return text.utf8.count <= 40 ? text : "a long text"
    }
  }

  /// RFC 6901 section 3.
  private static func escaped(_ name: String) -> String {
    var escaped = ""
    for character in name {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
