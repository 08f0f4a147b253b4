internal import SallyportPlugin

/// The client credentials grant (RFC 6749 4.4): a client acts for itself.
struct ClientCredentials: GrantPlugin {
  /// RFC 6749 4.4: "MUST only be used by confidential clients".
  static let declaration = GrantDeclaration(
    grantType: "client_credentials", traits: [.pure, .confidential])

  init(configuration: NoConfiguration, host: PluginHost) {}

  /// Gives what was asked for; the host narrows it to what the client may have.
  func decide(_ request: GrantRequest, _ context: PluginContext) throws(Denial) -> Decision {
    Decision(subject: .client, scopes: request.scopes)
  }
}
