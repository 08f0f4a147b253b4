internal import SallyportPlugin

/// The client credentials grant (RFC 6749 4.4): a client acts for itself.
struct ClientCredentials: GrantPlugin {
  /// "The client credentials grant type MUST only be used by confidential clients."
  static let declaration = GrantDeclaration(
    grantType: "client_credentials", traits: [.pure, .confidential])

  init(configuration: NoConfiguration, host: PluginHost) {}

  /// Gives what was asked for, or all that the client may get; the host narrows it.
  func decide(_ request: GrantRequest, _ context: PluginContext) throws(Denial) -> Decision {
    let scopes = request.scopes.isEmpty ? request.allowedScopes : request.scopes
    var decision = Decision(subject: .client, scopes: scopes)
    decision.resources = request.resources
    return decision
  }
}
