public import JOSE
internal import JSON
public import OAuth

/// What a server says of itself besides its endpoints (RFC 8414 2).
public struct ServerMetadata: Sendable {
  /// The issuer.
  public let issuer: Issuer
  private let grantTypes: [GrantType]
  private let scopes: ScopeSet
  private let resources: [Audience]
  private let introspectionAlgorithms: [JWSAlgorithm]
  private let pages: Pages

  /// Pages for people, by their URLs; nil is not announced.
  public struct Pages: Sendable {
    let documentation: String?
    let policy: String?
    let terms: String?

    /// Pages.
    public init(documentation: String? = nil, policy: String? = nil, terms: String? = nil) {
      self.documentation = documentation
      self.policy = policy
      self.terms = terms
    }
  }

  /// What holds for an issuer; of its resources those are named whose audience is a URL.
  public init(
    issuer: Issuer, grantTypes: [GrantType], scopes: ScopeSet, resources: [Audience] = [],
    introspectionAlgorithms: [JWSAlgorithm] = [], pages: Pages = Pages()
  ) {
    self.issuer = issuer
    self.grantTypes = grantTypes
    self.scopes = scopes
    self.resources = resources
    self.introspectionAlgorithms = introspectionAlgorithms
    self.pages = pages
  }

  /// The document's members in its order, those of the endpoints after the issuer.
  func members(endpoints: [(String, JSONValue)]) -> [(String, JSONValue)] {
    [("issuer", .string(issuer.text))] + endpoints + [
      // Required, and without an authorization endpoint there is none.
      ("response_types_supported", []),
      ("grant_types_supported", .array(grantTypes.map { .string($0.text) })),
      ("scopes_supported", .array(scopes.scopes.map { .string($0.text) })),
      (
        "protected_resources",
        // RFC 9728 1.2: a resource identifier is a URL; an issuer is one by the same rules.
        .array(resources.map(\.text).filter { Issuer($0) != nil }.map(JSONValue.string))
      ),
    ] + signatures + named
  }

  /// RFC 9701 7.
  private var signatures: [(String, JSONValue)] {
    guard !introspectionAlgorithms.isEmpty else { return [] }
    let names = introspectionAlgorithms.map { JSONValue.string($0.rawValue) }
    return [("introspection_signing_alg_values_supported", .array(names))]
  }

  private var named: [(String, JSONValue)] {
    let all = [
      ("service_documentation", pages.documentation), ("op_policy_uri", pages.policy),
      ("op_tos_uri", pages.terms),
    ]
    return all.compactMap { name, url in url.map { (name, .string($0)) } }
  }
}
