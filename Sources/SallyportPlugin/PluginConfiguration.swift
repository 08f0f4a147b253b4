/// The options of a config entry, typed.
public protocol PluginConfiguration: Sendable {
  /// A JSON Schema of the entry's `config`; the host checks it before the plugin is asked.
  static var schema: String { get }

  /// The options from the entry's `config`, or what is wrong with them.
  ///
  /// Has no side effects: it also runs when a config is merely checked.
  init(_ members: JSONMembers) throws(PluginFault)
}

/// The configuration of a plugin that has no options.
public struct NoConfiguration: PluginConfiguration {
  /// An object without members.
  public static let schema = #"{"type":"object","additionalProperties":false}"#

  /// Options that are none.
  public init(_ members: JSONMembers) {}
}

/// What is wrong with a configuration, or why an instance cannot be made.
public struct PluginFault: Error, Sendable {
  /// A JSON Pointer (RFC 6901) into the entry's `config`; empty for the whole.
  public let pointer: String
  /// What was found, what was expected, and the way out.
  public let message: String

  /// A fault at a place of the configuration.
  public init(at pointer: String = "", _ message: String) {
    self.pointer = pointer
    self.message = message
  }
}
