/// A JSON value (RFC 8259), for configurations, claims and metadata.
public enum JSONValue: Sendable, Equatable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number without fraction or exponent that fits 64 bits.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Names and values.
  case object(JSONMembers)

  /// The value of a JSON text, or nil if it is none or nests more than 32 levels.
  public init?(parsing text: String) {
    var parser = JSONParser(text)
    guard let value = parser.wholeText() else { return nil }
    self = value
  }

  /// The text, if it is one.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The whole number, if it is one.
  public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  /// The truth value, if it is one.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The elements, if it is an array.
  public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The members, if it is an object.
  public var object: JSONMembers? { if case .object(let value) = self { value } else { nil } }

  /// The compact text.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? String(value) : "null"
    case .string(let value): Self.quoted(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members): members.text
    }
  }

  /// A text as a JSON string with its quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{00}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// The members of a JSON object, in order.
public struct JSONMembers: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  private var names: [String] = []
  private var values: [JSONValue] = []

  /// An object without members.
  public init() {}

  /// An object from names, each once, and values.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// Whether there are no members.
  public var isEmpty: Bool { names.isEmpty }

  /// The value of a member; nil if it is absent.
  public subscript(name: String) -> JSONValue? {
    get { names.firstIndex(of: name).map { values[$0] } }
    set {
      let index = names.firstIndex(of: name)
      switch (index, newValue) {
      case (let index?, let value?): values[index] = value
      case (let index?, nil):
        names.remove(at: index)
        values.remove(at: index)
      case (nil, let value?):
        names.append(name)
        values.append(value)
      case (nil, nil): break
      }
    }
  }

  /// The compact text.
  public var text: String {
    let members = zip(names, values).map { JSONValue.quoted($0) + ":" + $1.text }
    return "{" + members.joined(separator: ",") + "}"
  }
}
