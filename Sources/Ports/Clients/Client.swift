public import Diagnostics
public import JOSE
public import OAuth

/// A registered client (RFC 6749 2): who it is, how it proves it, and what it may ask for.
public struct Client: Sendable {
  /// The identifier.
  public let id: ClientID
  /// What it may prove itself with; empty for a public client.
  ///
  /// At most `secretLimit` are live.
  public var secrets: [ClientSecret]
  /// The methods it may authenticate by.
  public var authenticationMethods: Set<ClientAuthenticationMethod>
  /// The grants it may use.
  public var grantTypes: Set<GrantType>
  /// The scopes it may be given.
  public var scopes: ScopeSet
  /// How its access tokens differ from the rule.
  public var tokens: TokenPreferences
  /// What signed introspection answers for it are signed by (RFC 9701 6); nil for the usual.
  public var introspectionAlgorithm: JWSAlgorithm?

  /// The most secrets that a client holds at a time.
  public static let secretLimit = 4

  /// A client.
  public init(
    id: ClientID, secrets: [ClientSecret],
    authenticationMethods: Set<ClientAuthenticationMethod>, grantTypes: Set<GrantType>,
    scopes: ScopeSet, tokens: TokenPreferences = TokenPreferences(),
    introspectionAlgorithm: JWSAlgorithm? = nil
  ) {
    self.id = id
    self.secrets = secrets
    self.authenticationMethods = authenticationMethods
    self.grantTypes = grantTypes
    self.scopes = scopes
    self.tokens = tokens
    self.introspectionAlgorithm = introspectionAlgorithm
  }

  /// Whether it holds credentials (RFC 6749 2.1).
  public var isConfidential: Bool { !secrets.isEmpty }
}

/// What a client or a resource wants of its access tokens; nil for the rule above it.
public struct TokenPreferences: Sendable, Equatable {
  /// The format.
  public var format: TokenFormat?
  /// The signature algorithm.
  public var algorithm: JWSAlgorithm?
  /// The lifetime.
  public var lifetime: Lifetime?

  /// Preferences.
  public init(format: TokenFormat? = nil, algorithm: JWSAlgorithm? = nil, lifetime: Lifetime? = nil)
  {
    self.format = format
    self.algorithm = algorithm
    self.lifetime = lifetime
  }
}
