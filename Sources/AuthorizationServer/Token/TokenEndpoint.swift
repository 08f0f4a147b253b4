public import Diagnostics
public import HTTP
public import HTTPServer
internal import JOSE
internal import JSON
internal import OAuth
public import Ports
public import Tokens

/// The token endpoint (RFC 6749 3.2): every step makes the next one's type, and one commit ends it.
public struct TokenEndpoint: Endpoint {
  /// What the endpoint is built from.
  public struct Parts: Sendable {
    /// The issuer's path, which the endpoint's path follows.
    public let base: String
    /// Where refusals are explained.
    public let pages: ErrorPages
    /// The loaded grants.
    public let grants: GrantCatalogue
    /// The registered clients.
    public let clients: ClientRegistry
    /// How client secrets are kept.
    public let hasher: ClientSecretHasher
    /// The protected resources.
    public let resources: ResourceCatalogue
    /// How tokens are made unless somebody says otherwise.
    public let tokens: TokenDefaults
    /// Who mints.
    public let issuer: TokenIssuer
    /// Where what must be kept is kept.
    public let store: any RecordStore
    /// What counts the issued tokens.
    public let meter: IssueMeter

    /// Parts.
    public init(
      base: String, pages: ErrorPages, grants: GrantCatalogue, clients: ClientRegistry,
      hasher: ClientSecretHasher,
      resources: ResourceCatalogue, tokens: TokenDefaults, issuer: TokenIssuer,
      store: any RecordStore, meter: IssueMeter = IssueMeter()
    ) {
      self.base = base
      self.pages = pages
      self.grants = grants
      self.clients = clients
      self.hasher = hasher
      self.resources = resources
      self.tokens = tokens
      self.issuer = issuer
      self.store = store
      self.meter = meter
    }
  }

  let parts: Parts
  let policy: ScopePolicy
  private let authentication: ClientAuthentication
  /// Whether any resource's tokens are encrypted in a way that is no work for an event loop.
  private let encryptsSlowly: Bool

  /// The endpoint.
  public init(_ parts: Parts, offload: Offload, clock: Clock) {
    self.parts = parts
    policy = ScopePolicy(resources: parts.resources, tokens: parts.tokens)
    authentication = ClientAuthentication(
      clients: parts.clients, hasher: parts.hasher, offload: offload, clock: clock,
      pages: parts.pages)
    encryptsSlowly = parts.resources.resources.contains {
      $0.encrypter?.keyManagement.makesKeys ?? false
    }
  }

  /// Parses on the loop, and goes on where the grant, the client and the key allow.
  public func respond(to request: Request, through responder: Responder) {
    let exchange = ClientExchange(request, responder, explainedAt: parts.pages)
    do throws(OAuthError) {
      let form = try TokenForm(request)
      let presented = try PresentedCredentials(request, form.client)
      run(form, presented, exchange)
    } catch {
      exchange.refuse(error)
    }
  }

  /// On the loop if nothing can wait there; else in the pool that is for it.
  private func run(
    _ form: TokenForm, _ presented: PresentedCredentials, _ exchange: ClientExchange
  ) {
    let context = authentication.context(exchange.id)
    let answer: @Sendable (Client) -> Void = { client in
      self.answer(form, presented, context, exchange) { () throws(OAuthError) in client }
    }
    let accepted: Bool
    switch authentication.recall(presented, context) {
    case .ask:
      accepted = authentication.offload.waiting {
        self.answer(form, presented, context, exchange) { () throws(OAuthError) in
          try authentication.fetch(presented, context)
        }
      }
    case .known(let client):
      switch place(form, client) {
      case .loop:
        answer(client)
        return
      case .computing: accepted = authentication.offload.computing { answer(client) }
      case .waiting: accepted = authentication.offload.waiting { answer(client) }
      }
    }
    if !accepted { exchange.refuse(.overloaded) }
  }

  private enum Place {
    case loop
    case computing
    case waiting
  }

  private func place(_ form: TokenForm, _ client: Client) -> Place {
    guard let entry = parts.grants[form.grantType] else { return .loop }
    guard entry.runsOnLoop else { return .waiting }
    // Which resource's rule will hold is known only later: what any may ask for counts.
    let algorithms =
      client.tokens.algorithm.map { [$0] }
      ?? [parts.tokens.algorithm] + parts.resources.resources.compactMap(\.tokens.algorithm)
    let encrypts = (client.tokens.format ?? .jwe) == .jwe && encryptsSlowly
    return algorithms.allSatisfy(\.signsQuickly) && !encrypts ? .loop : .computing
  }

  private func answer(
    _ form: TokenForm, _ presented: PresentedCredentials, _ context: CallContext,
    _ exchange: ClientExchange, _ find: () throws(OAuthError) -> Client?
  ) {
    do throws(OAuthError) {
      let client = try authentication.authenticate(presented, as: find(), context)
      let grant = try grant(form.grantType, for: client)
      let request = try tokenRequest(form, grant, client)
      let decision = try decide(request, grant, context)
      let authorization = try policy.narrow(decision, of: request, for: client.client)
      let tokens = try prepare(authorization, context)
      let response = TokenResponse(
        tokens: tokens, authorization: authorization, further: decision.responseMembers)
      commit(tokens, context) { result in
        switch result {
        case .success:
          parts.meter.count(form.grantType, authorization.format)
          exchange.succeed(response, authorization)
        case .failure(let error): exchange.refuse(.storage(error), client: presented.client)
        }
      }
    } catch {
      exchange.refuse(error, client: presented.client)
    }
  }
}

extension JWEKeyManagement {
  /// Whether it makes a key pair for each token, which is no work for an event loop.
  fileprivate var makesKeys: Bool {
    switch self {
    case .ecdhES, .ecdhESA128KW, .ecdhESA192KW, .ecdhESA256KW: true
    default: false
    }
  }
}
