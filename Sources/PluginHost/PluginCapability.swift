/// What a config entry may grant to its plugin beyond deciding and storing; none by default.
public struct PluginCapability: Hashable, Sendable, CustomStringConvertible {
  /// The word in the config's `capabilities`.
  public let name: String

  private init(_ name: String) { self.name = name }

  /// Lines in the host's log.
  public static let log = PluginCapability("log")
  /// Counters in the host's metrics.
  public static let metrics = PluginCapability("metrics")
  /// Random bytes.
  public static let random = PluginCapability("random")
  /// Records of the entry's own.
  public static let state = PluginCapability("state")
  /// Deciding for a subject on the plugin's own word.
  public static let assertSubject = PluginCapability("assert_subject")

  /// The services that are asked for by name, each a capability of the same name.
  public static let services = [
    "assertion.verify", "token.open", "client.get", "account.get", "resource.get",
    "artefact.create", "interaction.begin", "message.send", "http.send",
  ].map(PluginCapability.init)

  /// All of them, in the order of the documentation.
  public static let all = [log, metrics, random, state, assertSubject] + services

  /// A capability by the word in the config, or nil if there is none.
  public init?(named name: String) {
    guard let known = Self.all.first(where: { $0.name == name }) else { return nil }
    self = known
  }

  /// The word in the config.
  public var description: String { name }
}
