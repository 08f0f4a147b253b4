public import JOSE
public import OAuth

/// A protected resource: its audience, the scopes that belong to it, and its tokens' ways.
public struct Resource: Sendable {
  /// The name in the config.
  public let id: String
  /// The value of `aud` and of `resource`.
  public let audience: Audience
  /// Its scopes, with a sentence on each for people.
  public let scopes: [(scope: Scope, description: String)]
  /// How its access tokens differ from the rule.
  public let tokens: TokenPreferences
  /// The clients that may ask about every token for it: the servers of the resource.
  public let introspectors: Set<ClientID>
  /// What encrypts to a key of its own, if it has one.
  public let encrypter: JWEEncrypter?

  /// A resource.
  public init(
    id: String, audience: Audience, scopes: [(scope: Scope, description: String)],
    tokens: TokenPreferences = TokenPreferences(), introspectors: Set<ClientID> = [],
    encrypter: JWEEncrypter? = nil
  ) {
    self.id = id
    self.audience = audience
    self.scopes = scopes
    self.tokens = tokens
    self.introspectors = introspectors
    self.encrypter = encrypter
  }
}

/// All protected resources; every scope belongs to exactly one of them.
public struct ResourceCatalogue: Sendable {
  /// The resources in the order of the config.
  public let resources: [Resource]
  private let owners: [Scope: Int]
  private let audiences: [Audience: Int]

  /// A catalogue; a scope or audience that occurs twice keeps its first owner.
  public init(_ resources: [Resource]) {
    self.resources = resources
    var owners: [Scope: Int] = [:]
    var audiences: [Audience: Int] = [:]
    for (index, resource) in resources.enumerated() {
      audiences[resource.audience] = audiences[resource.audience] ?? index
      for (scope, _) in resource.scopes { owners[scope] = owners[scope] ?? index }
    }
    self.owners = owners
    self.audiences = audiences
  }

  /// The resource that a scope belongs to, or nil for an unknown scope.
  public func owner(of scope: Scope) -> Resource? { owners[scope].map { resources[$0] } }

  /// The resource of an audience, or nil.
  public func resource(_ audience: Audience) -> Resource? {
    audiences[audience].map { resources[$0] }
  }

  /// Every scope there is, in the order of the config.
  public var scopes: ScopeSet { ScopeSet(resources.flatMap { $0.scopes.map(\.scope) }) }
}
