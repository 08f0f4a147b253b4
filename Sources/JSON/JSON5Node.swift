/// A value of a JSON5 text together with where it stands.
public struct JSON5Node: Sendable {
  /// What a node is.
  public enum Value: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number that fits 64 bits, decimal or hexadecimal.
    case integer(Int64)
    /// Any other number; finite.
    case number(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSON5Node])
    /// An object in the order it was written; names may repeat where the document says so.
    case object([JSON5Member])
  }

  /// What it is.
  public let value: Value

  /// Where it begins.
  public let position: SourcePosition

  /// A node; for texts that no parser read, such as defaults.
  public init(_ value: Value, at position: SourcePosition) {
    self.value = value
    self.position = position
  }
}

/// A member of a JSON5 object: a key, where the key stands, and the value.
public struct JSON5Member: Sendable {
  /// The key, escapes resolved.
  public let name: String

  /// Where the key begins.
  public let position: SourcePosition

  /// The value.
  public let node: JSON5Node

  /// A member.
  public init(name: String, position: SourcePosition, node: JSON5Node) {
    self.name = name
    self.position = position
    self.node = node
  }
}

extension JSON5Node {
  /// The same value without positions; of a repeated key the last value.
  public var json: JSONValue {
    switch value {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .array(let elements): .array(elements.map(\.json))
    case .object(let members): .object(JSONObject(members.map { ($0.name, $0.node.json) }))
    }
  }
}

/// A whole JSON5 text.
public struct JSON5Document: Sendable {
  /// The outermost value.
  public let root: JSON5Node

  /// Every key that repeats an earlier one of its object, at the later key.
  public let duplicates: [JSON5Error]

  /// Parses a text (JSON5 1.0.0), as a person's configuration: positions kept, Infinity and NaN
  /// refused, bounded by the limits.
  public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSON5Error) {
    var parser = JSON5Parser(cursor: try JSON5Cursor(bytes, limits: limits), limits: limits)
    root = try parser.document()
    duplicates = parser.duplicates
  }
}
