internal import Administration
internal import Configuration
internal import Diagnostics
internal import HTTPServer
internal import OAuth
internal import Transport

/// What the admin listener over TCP serves: what the socket does, each part behind an access token.
struct RemoteAdministration: Sendable {
  /// Its endpoints.
  let router: Router
  /// The hosts that it answers to.
  let hosts: [String]
  /// Its certificate; nil for plain HTTP on a loopback address.
  let certificate: TLSContext?

  /// Guards endpoints; whoever is let in acts as our own user.
  init(
    _ options: AdminListenerOptions, audience: Audience, api: [any Endpoint], surface: Surface,
    sources: TokenGuard.Sources, owned: Owned
  ) throws(StartFailure) {
    hosts = options.hosts
    certificate = try Certificates.context(of: options, tickets: owned.tickets)
    let guardian = TokenGuard(
      sources, audience: audience, offload: { [pool = owned.pools.upkeep] in pool.submit($0) },
      clock: owned.clock, user: owned.ownUser)
    let guarded = api.map { endpoint in
      let isMetrics = endpoint.description.path == MetricsEndpoint.path
      let enough = isMetrics ? options.metricsScope : nil
      return guardian.guarding(endpoint, for: [options.scope] + (enough.map { [$0] } ?? []))
    }
    do throws(Router.Fault) {
      router = try surface.administration(guarded, health: .everybody) { page in
        guardian.guarding(page, for: [options.scope])
      }
    } catch {
      throw .operation("two endpoints answer the same path: \(error)")
    }
  }
}

extension Snapshot {
  /// The admin listener over TCP, if the config has one.
  static func remoteAdministration(
    _ options: GatewayOptions, api: [any Endpoint], surface: Surface, vault: Vault?,
    owned: Owned
  ) throws(StartFailure) -> RemoteAdministration? {
    guard let listener = options.admin.listener else { return nil }
    // The config has been checked: it has an issuer, a storage, and a resource of that scope.
    guard let issuer = options.issuer, let vault, let resource = options.adminResource else {
      throw .operation("admin.listener: there is no issuer whose tokens it could take")
    }
    let sources = TokenGuard.Sources(
      verifiers: try verifiers(issuer, options, vault), store: vault.store, keys: vault.keys)
    return try RemoteAdministration(
      listener, audience: resource.audience, api: api, surface: surface, sources: sources,
      owned: owned)
  }
}
