/// A grant type: it declares what it needs, and decides.
///
/// The host authenticates the client, passes only declared parameters, narrows, mints and commits.
/// `decide` runs on any thread, many at once, has no side effects (it may lose the race for its
/// artefact), and ends before the context's deadline.
public protocol GrantPlugin: Sendable {
  /// The options of the config entry.
  associatedtype Configuration: PluginConfiguration

  /// What the grant needs, known without any configuration.
  static var declaration: GrantDeclaration { get }

  /// A complete instance, or why there is none.
  init(configuration: Configuration, host: PluginHost) throws(PluginFault)

  /// Decides one token request.
  func decide(_ request: GrantRequest, _ context: PluginContext) throws(Denial) -> Decision

  /// Answers one of the declared endpoints.
  func respond(_ request: GrantRequest, _ context: PluginContext) throws(Denial) -> EndpointReply
}

extension GrantPlugin {
  /// A grant that declares no endpoints has none to answer.
  public func respond(_ request: GrantRequest, _ context: PluginContext) throws(Denial)
    -> EndpointReply
  {
    throw Denial("server_error", detail: "the grant has no endpoint \(request.name)")
  }
}
