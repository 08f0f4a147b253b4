internal import JSON

/// The JSON Schema that a plugin brings for its own config: a small, strict subset.
///
/// Keywords: `type`, `properties`, `required`, `additionalProperties`, `enum`, `const`, `minimum`,
/// `maximum`, `minLength`, `maxLength`, `items`, `minItems`, `maxItems`; `title`, `description`,
/// `default`, `examples`, `$schema`, `$id` and `$comment` say nothing about a value. Any other is
/// an error: a rule that is not checked would be believed to be.
public struct PluginConfigSchema: Sendable {
  let root: SchemaNode

  /// Reads the schema, at most 64 KiB of it.
  public init(parsing json: [UInt8]) throws(PluginConfigSchemaError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: json, limits: JSONLimits(bytes: 65_536))
    } catch {
      throw PluginConfigSchemaError("", "is no JSON: \(error)")
    }
    root = try SchemaNode(value, at: "")
  }

  /// Everything in a config that the schema does not allow, each at its place in the file.
  public func faults(in config: PluginConfig) -> [ConfigurationFault] {
    var check = SchemaCheck(file: config.file)
    check.check(config.node, root, at: config.path)
    return check.faults
  }
}

/// What is wrong with a schema that a plugin brings; the plugin's author has to mend it.
public struct PluginConfigSchemaError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where in the schema: a JSON Pointer (RFC 6901); empty for the whole.
  public let pointer: String

  /// What is wrong there.
  public let problem: String

  init(_ pointer: String, _ problem: String) {
    self.pointer = pointer
    self.problem = problem
  }

  /// `#POINTER problem`.
  public var description: String { "#\(pointer) \(problem)" }
}
