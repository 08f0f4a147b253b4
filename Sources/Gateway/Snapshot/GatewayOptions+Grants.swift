internal import Configuration
internal import OAuth

extension GatewayOptions {
  /// The faults of clients that may use a grant which no plugin offers: a misspelt grant type would
  /// show only when the client asks for its first token.
  func faults(ofClientsBeyond loaded: Set<GrantType>) -> [ConfigurationFault] {
    clients.flatMap { client in
      client.grantTypes.filter { !loaded.contains($0) }.map { type in
        client.fault(
          "client \"\(client.id)\" may use the grant \"\(type)\", which no plugin offers",
          "load a plugin for it in plugins.grants, or take it out of grantTypes")
      }
    }
  }
}
