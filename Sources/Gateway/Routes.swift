internal import Administration
internal import AuthorizationServer
internal import Configuration
internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import OAuth
internal import Ports
internal import Tokens

/// Every endpoint of this program: the table of contents.
///
/// Metadata is rendered from the descriptions in this table, so it names nothing that is not here.
enum Routes {
  /// What the authorization server answers, below its issuer.
  static func authorizationServer(
    issuer: Issuer, parts: TokenEndpoint.Parts, keys: KeyRing, revocations: Revocations,
    verifiers: VerifierPool, further pages: ServerMetadata.Pages, offload: Offload, clock: Clock
  ) -> [any Endpoint] {
    let methods = ClientAuthenticationMethod.offered(toPublic: parts.grants.servesPublicClients)
    let authentication = ClientAuthentication(
      clients: parts.clients, hasher: parts.hasher, offload: offload, clock: clock,
      pages: parts.pages)
    let tokens = PresentedTokens(
      verifiers: verifiers, store: parts.store, keys: keys, offload: offload)
    let signer = IntrospectionSigner(
      issuer: issuer, keys: keys, fallback: parts.tokens.algorithm)
    let endpoints: [any Endpoint] = [
      TokenEndpoint(parts, offload: offload, clock: clock),
      IntrospectionEndpoint(
        base: issuer.path, resources: parts.resources, authentication: authentication,
        tokens: tokens, signer: signer),
      RevocationEndpoint(
        base: issuer.path, methods: methods, authentication: authentication, tokens: tokens,
        revocations: revocations),
      ErrorPageEndpoint(base: issuer.path),
      KeySetEndpoint(base: issuer.path) { CachedDocument(keys.snapshot.document) },
    ]
    let metadata = MetadataEndpoint(
      ServerMetadata(
        issuer: issuer, grantTypes: parts.grants.grantTypes, scopes: parts.resources.scopes,
        resources: parts.resources.resources.map(\.audience),
        introspectionAlgorithms: signer.algorithms, pages: pages),
      endpoints: endpoints.map(\.description))
    return endpoints + [metadata]
  }

  /// What every listener answers.
  static func health(
    _ readiness: Readiness, for audience: ReadinessEndpoint.Audience
  ) -> [any Endpoint] {
    [LivenessEndpoint(), ReadinessEndpoint(readiness, for: audience)]
  }

  /// What the admin socket answers.
  static func administration(
    decisions: DecisionAdministration, trials: TrialAdministration?,
    clients: ClientAdministration?, keys: KeyAdministration?,
    tokens: TokenAdministration?, metrics: MetricRegistry,
    users: Set<UInt32>, offload: @escaping AdminEndpoint.Offload
  ) -> [any Endpoint] {
    [MetricsEndpoint(registry: metrics, allowedUsers: users)]
      + decisions.endpoints(allowedUsers: users, offload: offload)
      + (trials?.endpoints(allowedUsers: users, offload: offload) ?? [])
      + (clients?.endpoints(allowedUsers: users, offload: offload) ?? [])
      + (tokens?.endpoints(allowedUsers: users, offload: offload) ?? [])
      + (keys?.endpoints(allowedUsers: users, offload: offload) ?? [])
  }
}

extension CachedDocument {
  /// The key ring's document as an answer.
  fileprivate init(_ document: KeySetDocument) {
    self.init(
      body: document.bytes, entityTag: EntityTag(document.entityTag),
      maxAge: document.maxAge)
  }
}
