internal import Configuration
internal import Diagnostics
internal import HTTP
internal import HTTPClient
internal import JOSE
internal import JSON
internal import OAuth
internal import ReverseProxy
internal import Tokens
internal import Transport

/// The door as a config has it: routes, upstreams and whom it trusts, the same for every loop.
struct ProxyPlan: Sendable {
  /// The routes, compiled.
  let routes: RouteTable
  /// The upstreams that routes name by their position.
  let upstreams: [Upstream]
  /// The options that each upstream was made from; a reload keeps the pools of those that stay.
  let upstreamOptions: [NamedUpstream]
  /// Whose tokens are taken.
  let trust: TokenTrust
  /// How many of them each loop remembers.
  let verifierLimits: TokenVerifierLimits

  /// An upstream under its name in the config.
  struct NamedUpstream: Sendable {
    let name: String
    let options: UpstreamOptions
  }

  init(_ options: GatewayOptions, _ vault: Vault?, _ owned: Owned) throws(StartFailure) {
    upstreamOptions = options.proxy.upstreams.sorted { $0.key < $1.key }
      .map { NamedUpstream(name: $0.key, options: $0.value) }
    var upstreams: [Upstream] = []
    for named in upstreamOptions { upstreams.append(try owned.upstreams.upstream(named)) }
    self.upstreams = upstreams
    trust = try Self.trust(options, vault)
    verifierLimits = TokenVerifierLimits(options.limits)
    routes = try Self.routes(options, upstreamOptions, trust)
  }

  /// Whose tokens are taken: our own where we have a vault, and those of trusted issuers.
  static func trust(
    _ options: GatewayOptions, _ vault: Vault?
  ) throws(StartFailure) -> TokenTrust {
    var foreign: [TrustedIssuer] = []
    for option in options.proxy.issuers {
      do {
        let keys = try JWKSet(parsing: option.jwks)
        foreign.append(
          TrustedIssuer(
            issuer: option.issuer.text, keys: keys,
            algorithms: option.algorithms))
      } catch {
        throw .operation("proxy.issuers: the key set of \(option.issuer) is unusable: \(error)")
      }
    }
    let own = options.issuer.flatMap { issuer in vault.map { (issuer: issuer, keys: $0.keys) } }
    do throws(RepeatedIssuer) {
      return try TokenTrust(
        own: own, foreign: foreign, revocations: vault?.revocations,
        opaqueForm: options.tokens.uuid, resourceKeys: options.resourceKeys)
    } catch {
      throw .operation("proxy.issuers: \(error.issuer) is named twice")
    }
  }

  private static func routes(
    _ options: GatewayOptions, _ upstreams: [NamedUpstream], _ trust: TokenTrust
  ) throws(StartFailure) -> RouteTable {
    do throws(RouteFault) {
      var routes: [Route] = []
      for (number, option) in options.proxy.routes.enumerated() {
        routes.append(try Self.route(option, number, upstreams, trust))
      }
      return try RouteTable(routes)
    } catch {
      throw .operation("proxy.routes: \(error)")
    }
  }

  private static func route(
    _ option: RouteOptions, _ number: Int, _ upstreams: [NamedUpstream], _ trust: TokenTrust
  ) throws(RouteFault) -> Route {
    let access: Route.Access =
      switch option.access {
      case .anonymous: .anonymous
      case .token(let audience, let scopes):
        .token(
          TokenPolicy(
            audience: audience, scopes: scopes,
            metadata: ProtectedResource.metadataURL(of: audience)))
      }
    // The config has been checked: each route names an upstream that is there.
    let index = upstreams.firstIndex { $0.name == option.upstream } ?? 0
    return try Route(
      name: "proxy.routes[\(number)]", host: option.host, path: option.path,
      methods: option.methods ?? [], access: access,
      destination: Route.Destination(index: index, host: nil), passesAuthorization: false,
      number: number)
  }
}

extension TokenVerifierLimits {
  /// The limits of a config.
  init(_ limits: LimitsOptions) {
    self.init(
      cacheEntries: limits.cachedTokens, cacheBytes: limits.cachedTokenBytes,
      opaqueLifetime: limits.cachedOpaqueTime)
  }
}
