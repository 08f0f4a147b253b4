/// The shape of a JSON value, in as much of JSON Schema 2020-12 as the bodies here need.
///
/// One that has a name is written once into the OpenAPI document and referred to from everywhere.
public struct JSONSchema: Sendable {
  /// What kinds of values there are.
  public indirect enum Shape: Sendable {
    /// Any value at all.
    case any
    /// Text, of a registered format such as `uri` or `date-time` if it has one.
    case string(format: String?)
    /// One of some words.
    case choice([String])
    /// A whole number, not less than a bound if there is one.
    case integer(from: Int64?)
    /// `true` or `false`.
    case boolean
    /// A list of values of one shape.
    case array(JSONSchema)
    /// An object with known members, and others of one shape if it may have more.
    case object([Member], others: JSONSchema?)
  }

  /// One member of an object.
  public struct Member: Sendable {
    /// The name on the wire.
    public let name: String
    /// The shape of its value.
    public let schema: JSONSchema
    /// Whether it is always there.
    public let isRequired: Bool

    /// A member that is always there.
    public static func required(_ name: String, _ schema: JSONSchema) -> Member {
      Member(name: name, schema: schema, isRequired: true)
    }

    /// A member that may be missing.
    public static func optional(_ name: String, _ schema: JSONSchema) -> Member {
      Member(name: name, schema: schema, isRequired: false)
    }
  }

  /// What kind of value it is.
  public let shape: Shape
  /// What it means, in a sentence; empty where the name of a member says it all.
  public let text: String
  /// The name under which the document holds it; nil for one that is written in place.
  public let name: String?

  private init(_ shape: Shape, _ text: String, name: String? = nil) {
    self.shape = shape
    self.text = text
    self.name = name
  }
}

// MARK: - How they are written

extension JSONSchema {
  /// Any value.
  public static let any = any("")

  /// Any value, and what it means.
  public static func any(_ text: String) -> JSONSchema { JSONSchema(.any, text) }

  /// Text.
  public static func string(_ text: String = "", format: String? = nil) -> JSONSchema {
    JSONSchema(.string(format: format), text)
  }

  /// One of some words.
  public static func choice(_ words: [String], _ text: String = "") -> JSONSchema {
    JSONSchema(.choice(words), text)
  }

  /// A whole number.
  public static func integer(_ text: String = "", from least: Int64? = nil) -> JSONSchema {
    JSONSchema(.integer(from: least), text)
  }

  /// `true` or `false`.
  public static func boolean(_ text: String = "") -> JSONSchema { JSONSchema(.boolean, text) }

  /// A list of values of one shape.
  public static func array(of element: JSONSchema, _ text: String = "") -> JSONSchema {
    JSONSchema(.array(element), text)
  }

  /// An object of known members, and of others where a shape is given for them.
  public static func object(
    _ text: String, _ members: [Member], others: JSONSchema? = nil
  ) -> JSONSchema {
    JSONSchema(.object(members, others: others), text)
  }

  /// An object of known members.
  public static func object(_ members: [Member]) -> JSONSchema { object("", members) }

  /// The same under a name, which no other schema may have.
  public func named(_ name: String) -> JSONSchema { JSONSchema(shape, text, name: name) }
}
