public import Diagnostics
public import JSON
public import OAuth

/// A grant type: it declares what it needs and decides who gets what.
///
/// It has no side effects.
///
/// `decide` may run on any thread, many at a time, and may run and then lose the race for its
/// artefact. Client authentication, narrowing, minting and consuming are the core's.
public protocol Grant: Sendable {
  /// What the grant needs, fixed at load.
  var declaration: GrantDeclaration { get }

  /// Decides one token request.
  func decide(_ request: TokenRequest, _ context: CallContext) throws(GrantFailure) -> GrantDecision
}

/// What a grant says of itself when it is loaded.
public struct GrantDeclaration: Sendable {
  /// The `grant_type` that it answers.
  public let grantType: GrantType
  /// The parameters that it gets to see, besides `scope` and `resource`.
  public let parameters: [GrantParameter]
  /// The artefact it redeems (`code`, `refresh`, `device`, …); nil for none.
  public let artefact: String?
  /// Whether it decides from the request alone, without waiting for anything.
  public let isPure: Bool
  /// Whether public clients are refused before it is asked.
  public let isForConfidentialClients: Bool

  /// A declaration.
  public init(
    grantType: GrantType, parameters: [GrantParameter], artefact: String?, isPure: Bool,
    isForConfidentialClients: Bool = false
  ) {
    self.grantType = grantType
    self.parameters = parameters
    self.artefact = artefact
    self.isPure = isPure
    self.isForConfidentialClients = isForConfidentialClients
  }
}

/// A parameter of the token request that a grant declares.
public struct GrantParameter: Sendable {
  /// The wire name.
  public let name: String
  /// Whether a request without it is `invalid_request`.
  public let isRequired: Bool
  /// Whether its value must not be logged.
  public let isSecret: Bool
  /// Whether it may occur more than once.
  public let allowsMultiple: Bool

  /// A parameter.
  public init(name: String, isRequired: Bool, isSecret: Bool, allowsMultiple: Bool) {
    self.name = name
    self.isRequired = isRequired
    self.isSecret = isSecret
    self.allowsMultiple = allowsMultiple
  }
}

/// A token request as a grant sees it: an authenticated client and only what was declared.
public struct TokenRequest: Sendable {
  /// The authenticated client.
  public let client: ClientID
  /// Whether the client holds credentials (RFC 6749 2.1).
  public let isConfidential: Bool
  /// How it authenticated.
  public let authentication: ClientAuthenticationMethod
  /// The most that it may get, whatever it asks for.
  public let allowedScopes: ScopeSet
  /// The scopes asked for; nil if the request names none.
  public let scopes: ScopeSet?
  /// The resources asked for (RFC 8707).
  public let resources: [Audience]
  /// The declared parameters that are present, in the order of the request.
  public let parameters: [(name: String, value: String)]

  /// A token request.
  public init(
    client: ClientID, isConfidential: Bool, authentication: ClientAuthenticationMethod,
    allowedScopes: ScopeSet, scopes: ScopeSet?, resources: [Audience],
    parameters: [(name: String, value: String)]
  ) {
    self.client = client
    self.isConfidential = isConfidential
    self.authentication = authentication
    self.allowedScopes = allowedScopes
    self.scopes = scopes
    self.resources = resources
    self.parameters = parameters
  }
}

/// What a grant decided.
///
/// The core narrows it; it never widens.
public struct GrantDecision: Sendable {
  /// For whom the token speaks.
  public enum Subject: Sendable {
    /// The client itself.
    case client
    /// Somebody whom the grant vouches for; needs the capability `assert_subject`.
    case asserted(OAuth.Subject)
  }

  /// For whom the token speaks.
  public let subject: Subject
  /// The scopes given; nil for those asked for.
  public let scopes: ScopeSet?
  /// The resources given; empty for those asked for.
  public let resources: [Audience]
  /// Further claims; reserved names are refused.
  public let claims: JSONObject
  /// The longest life of the access token that the grant allows.
  public let lifetimeCap: Lifetime?
  /// Further members of the token response.
  public let responseMembers: JSONObject

  /// A decision.
  public init(
    subject: Subject, scopes: ScopeSet?, resources: [Audience] = [],
    claims: JSONObject = JSONObject([]), lifetimeCap: Lifetime? = nil,
    responseMembers: JSONObject = JSONObject([])
  ) {
    self.subject = subject
    self.scopes = scopes
    self.resources = resources
    self.claims = claims
    self.lifetimeCap = lifetimeCap
    self.responseMembers = responseMembers
  }
}

/// Why a grant gave no decision.
public enum GrantFailure: Error, Sendable {
  /// It said no: an OAuth code, a sentence for the client, a detail for the log.
  case denied(OAuthError)
  /// It broke its contract (no answer, two answers, too late, not UTF-8 …); `reason` is a stable
  /// dotted code such as `plugin.no_answer`.
  case broken(reason: ReasonCode, detail: String)
  /// Too many of its calls are stuck; it is not asked for now.
  case unhealthy(String)
}
