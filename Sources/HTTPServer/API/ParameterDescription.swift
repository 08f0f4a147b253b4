public import JSON

/// One parameter of an endpoint.
public struct ParameterDescription: Sendable {
  /// Where a parameter stands in the request.
  public enum Location: Sendable, Equatable {
    /// In the query string.
    case query
    /// In an `application/x-www-form-urlencoded` body.
    case form
    /// In a field of the head.
    case header
    /// In a JSON body.
    case json
  }

  /// The name on the wire.
  public let name: String
  /// Where it stands.
  public let location: Location
  /// Whether a request without it is refused.
  public let required: Bool
  /// Whether its value must not be shown or logged.
  public let secret: Bool
  /// Whether it may come more than once.
  public let multiple: Bool
  /// One sentence on what it means.
  public let description: String
  /// The shape of its value; of each value, where it may come more than once.
  public let schema: JSONSchema
  /// A value as it may come; for a secret, one that is none.
  public let example: JSONValue?

  /// Describes a parameter.
  public init(
    _ name: String, in location: Location, required: Bool = false, secret: Bool = false,
    multiple: Bool = false, description: String, schema: JSONSchema = .string(),
    example: JSONValue? = nil
  ) {
    self.name = name
    self.location = location
    self.required = required
    self.secret = secret
    self.multiple = multiple
    self.description = description
    self.schema = schema
    self.example = example
  }
}
