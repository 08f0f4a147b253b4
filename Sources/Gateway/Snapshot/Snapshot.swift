internal import Administration
internal import AuthorizationServer
internal import Configuration
internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import JOSE
internal import OAuth
internal import PluginHost
internal import Ports
internal import ReverseProxy
internal import Tokens
internal import Transport

/// An immutable value made from one config: what each listener serves, with whose rules.
///
/// It is built whole beside the one in use and swapped in on every loop; requests in flight finish on
/// the one they began with.
struct Snapshot: Sendable {
  /// The config it was made from.
  let options: GatewayOptions
  /// The plugin instances it uses.
  let plugins: LoadedPlugins
  /// The endpoints of each listener, in the order of the config.
  let routers: [Router]
  /// The endpoints of the admin socket.
  let administration: Router
  /// What the admin listener over TCP serves, if there is one.
  let remoteAdministration: RemoteAdministration?
  /// The TLS context of each listener; nil for plain HTTP.
  let certificates: [TLSContext?]
  /// The door: nil if no listener serves it.
  let proxy: ProxyPlan?
  /// Whether what it needs is well.
  let readiness: Readiness

  /// Builds a snapshot on what the process owns.
  init(
    _ options: GatewayOptions, plugins: LoadedPlugins, vault: Vault?, owned: Owned
  ) throws(StartFailure) {
    self.options = options
    self.plugins = plugins
    let grants = try plugins.catalogue(measuredIn: owned.meters.registry)
    let faults = options.faults(ofClientsBeyond: Set(grants.grantTypes))
    guard faults.isEmpty else { throw .configuration(faults) }
    let clients = try vault.map { vault throws(StartFailure) in
      try Self.registry(options, vault, owned)
    }
    readiness = Readiness(
      HealthCheck.all(plugins, vault), clock: owned.clock,
      background: { [pool = owned.pools.health] in pool.submit($0) })
    let surface = Surface(
      server: try Self.authorizationServer(options, grants, clients, vault, owned),
      door: ResourceMetadataEndpoint.endpoints(for: options.protectedResources),
      readiness: readiness,
      origin: options.issuer?.origin ?? "/", problems: Self.problems(options))
    let proxy = options.serves(.proxy) ? try ProxyPlan(options, vault, owned) : nil
    let commands = try Self.administration(options, grants, clients, proxy, vault, owned)
    do throws(Router.Fault) {
      var routers: [Router] = []
      for listener in options.listeners { routers.append(try surface.router(of: listener)) }
      self.routers = routers
      administration = try surface.administration(commands)
    } catch {
      throw .operation("two endpoints answer the same path: \(error)")
    }
    remoteAdministration = try Self.remoteAdministration(
      options, api: commands, surface: surface, vault: vault, owned: owned)
    certificates = try Certificates.contexts(of: options.listeners, tickets: owned.tickets)
    self.proxy = proxy
  }

  /// The page that the authorization server has; a proxy alone has none.
  private static func problems(_ options: GatewayOptions) -> ProblemPages {
    guard options.serves(.authorizationServer), let issuer = options.issuer else { return .none }
    return ErrorPages(of: issuer).problems
  }

  private static func authorizationServer(
    _ options: GatewayOptions, _ grants: GrantCatalogue, _ clients: ClientRegistry?,
    _ vault: Vault?, _ owned: Owned
  ) throws(StartFailure) -> [any Endpoint] {
    guard options.serves(.authorizationServer), let issuer = options.issuer, let vault,
      let clients
    else { return [] }
    let parts = TokenEndpoint.Parts(
      base: issuer.path, pages: ErrorPages(of: issuer), grants: grants, clients: clients,
      hasher: vault.hasher,
      resources: ResourceCatalogue(options.resources.map(Resource.init)),
      tokens: TokenDefaults(
        format: options.tokens.format, algorithm: options.tokens.algorithm,
        lifetime: options.tokens.accessTokenLifetime),
      issuer: TokenIssuer(
        issuer: issuer, keys: vault.keys, revocations: vault.revocations,
        opaqueForm: options.tokens.uuid),
      store: vault.store, meter: IssueMeter(owned.meters.registry, grants: grants))
    let endpoints = Routes.authorizationServer(
      issuer: issuer, parts: parts, keys: vault.keys, revocations: vault.revocations,
      verifiers: try Self.verifiers(issuer, options, vault),
      further: ServerMetadata.Pages(
        documentation: options.metadata.documentation, policy: options.metadata.policy,
        terms: options.metadata.terms),
      offload: owned.pools.offload, clock: owned.clock)
    return endpoints.map { CountedEndpoint($0, owned.meters.registry) }
  }

  /// Who judges the tokens that clients give back or ask about: only our own.
  static func verifiers(
    _ issuer: Issuer, _ options: GatewayOptions, _ vault: Vault
  ) throws(StartFailure) -> VerifierPool {
    do throws(RepeatedIssuer) {
      let trust = try TokenTrust(
        own: (issuer, vault.keys), foreign: [], revocations: vault.revocations,
        opaqueForm: options.tokens.uuid, resourceKeys: options.resourceKeys)
      return VerifierPool(trust, limits: TokenVerifierLimits(options.limits))
    } catch {
      throw .operation("issuer: \(error.issuer) is named twice")
    }
  }

  private static func registry(
    _ options: GatewayOptions, _ vault: Vault, _ owned: Owned
  ) throws(StartFailure) -> ClientRegistry {
    let repository = ClientRepository(store: vault.store)
    let now = owned.clock.now()
    for seed in options.clients where seed.isSeed {
      do throws(StorageError) {
        try repository.save(
          Client(seed, hasher: vault.hasher, at: now), replacing: nil, .starting())
      } catch {
        // Created once and never touched again: that it is there already is as wanted.
        if case .conflict = error { continue }
        throw .operation("the client \"\(seed.id)\" could not be stored: \(error)")
      }
    }
    let configured = options.clients.filter { !$0.isSeed }.map { client in
      Client(client, hasher: vault.hasher, at: now)
    }
    return ClientRegistry(configured: configured, repository: repository)
  }

  private static func administration(
    _ options: GatewayOptions, _ grants: GrantCatalogue, _ clients: ClientRegistry?,
    _ proxy: ProxyPlan?, _ vault: Vault?, _ owned: Owned
  ) throws(StartFailure) -> [any Endpoint] {
    let administration = vault.flatMap { vault in
      clients.map { clients in
        ClientAdministration(
          repository: ClientRepository(store: vault.store), hasher: vault.hasher,
          clock: owned.clock,
          offered: ClientAdministration.Offered(
            grants: grants, scopes: ResourceCatalogue(options.resources.map(Resource.init)).scopes,
            algorithms: options.keys.signing),
          configured: clients.configuredClients, revocations: vault.revocations,
          changed: { clients.forget($0) })
      }
    }
    let tokens = try vault.map { vault throws(StartFailure) in
      TokenAdministration(
        inspector: TokenInspector(try ProxyPlan.trust(options, vault), store: vault.store),
        revocations: vault.revocations, clock: owned.clock)
    }
    return Routes.administration(
      decisions: DecisionAdministration(
        find: { [records = owned.records] in records.find($0) },
        newest: { [records = owned.records] in records.newestRefusals($0) },
        spans: { [records = owned.records] in records.spans() }),
      trials: proxy.map { TrialAdministration($0, vault, clock: owned.clock) },
      clients: administration,
      keys: vault.map { KeyAdministration(keys: $0.keys, clock: owned.clock) },
      tokens: tokens, metrics: owned.meters.registry, users: owned.adminUsers,
      offload: { [pool = owned.pools.upkeep] in pool.submit($0) })
  }
}

extension Client {
  /// A client of the config; its secret is hashed at once.
  init(_ options: ClientOptions, hasher: ClientSecretHasher, at now: UnixTime) {
    self.init(
      id: options.id,
      secrets: options.secret.map {
        [ClientSecret(hash: hasher.hash($0), created: now, expiry: nil)]
      } ?? [],
      authenticationMethods: Set(options.authenticationMethods),
      grantTypes: Set(options.grantTypes), scopes: options.scopes,
      tokens: TokenPreferences(options.tokens),
      introspectionAlgorithm: options.introspectionAlgorithm)
  }
}

extension TokenPreferences {
  /// What an entry of the config says, if it says anything.
  init(_ options: TokenOverrides?) {
    self.init(
      format: options?.format, algorithm: options?.algorithm,
      lifetime: options?.accessTokenLifetime)
  }
}

extension Resource {
  /// A resource of the config.
  init(_ options: ResourceOptions) {
    self.init(
      id: options.id, audience: options.audience, scopes: options.scopes,
      tokens: Self.preferences(options), introspectors: Set(options.introspectors),
      encrypter: options.encryption?.encrypter)
  }

  /// Who gives a resource a key of its own means its tokens to be encrypted.
  private static func preferences(_ options: ResourceOptions) -> TokenPreferences {
    var preferences = TokenPreferences(options.tokens)
    if preferences.format == nil && options.encryption != nil { preferences.format = .jwe }
    return preferences
  }
}

extension GatewayOptions {
  /// The keys of resources that open what is encrypted to those.
  var resourceKeys: [ResourceDecrypter] {
    resources.flatMap { resource in
      (resource.encryption?.decrypters ?? []).map {
        ResourceDecrypter(audience: resource.audience, decrypter: $0)
      }
    }
  }
}
