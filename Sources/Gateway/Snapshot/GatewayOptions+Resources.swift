internal import Configuration
internal import OAuth
internal import ReverseProxy

extension GatewayOptions {
  /// What the door says of the resources that it guards, where their audience is a URL.
  var protectedResources: [ProtectedResource] {
    let guarded = proxy.routes.compactMap { route -> Audience? in
      guard case .token(let audience, _) = route.access else { return nil }
      return audience
    }
    let own = serves(.authorizationServer) ? issuer.map { [$0.text] } ?? [] : []
    let issuers = own + proxy.issuers.map(\.issuer.text)
    return resources.filter { guarded.contains($0.audience) }.compactMap { resource in
      ProtectedResource(
        resource.audience, scopes: ScopeSet(resource.scopes.map(\.scope)), issuers: issuers)
    }
  }
}
