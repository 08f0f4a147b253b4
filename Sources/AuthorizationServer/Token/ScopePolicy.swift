internal import Diagnostics
internal import JSON
internal import OAuth
internal import Ports
internal import Tokens

/// Narrows a grant's decision to what client, resources and request allow: never wider than each.
struct ScopePolicy {
  let resources: ResourceCatalogue
  let tokens: TokenDefaults

  /// What may be issued, or a refusal.
  func narrow(
    _ decision: GrantDecision, of request: TokenRequest, for client: Client
  ) throws(OAuthError) -> Authorization {
    let resource = try target(decision, request)
    let scopes = try scopes(decision, request, client, within: resource)
    let owner = try owner(of: scopes, within: resource)
    try refuseReserved(decision.claims)
    return Authorization(
      client: client.id, subject: subject(decision, client), scopes: scopes,
      audiences: [owner.audience],
      format: client.tokens.format ?? owner.tokens.format ?? tokens.format,
      algorithm: client.tokens.algorithm ?? owner.tokens.algorithm ?? tokens.algorithm,
      lifetime: lifetime(decision, client, owner), claims: decision.claims,
      encrypter: owner.encrypter)
  }

  /// The resource that request and grant agree on; nil if neither names one.
  private func target(
    _ decision: GrantDecision, _ request: TokenRequest
  ) throws(OAuthError) -> Resource? {
    guard request.resources.count <= 1 else {
      throw OAuthError(
        .invalid_target, "A token is for one resource; ask for each in a request of its own.",
        reason: .resourceSeveral)
    }
    let wider = decision.resources.first {
      !request.resources.isEmpty && !request.resources.contains($0)
    }
    guard let audience = request.resources.first ?? decision.resources.first else { return nil }
    guard wider == nil, let resource = resources.resource(audience) else {
      throw OAuthError(
        .invalid_target, "The resource is not known here.", reason: .resourceUnknown,
        detail: "resource \"\(wider ?? audience)\" is not in the config's resources")
    }
    return resource
  }

  private func scopes(
    _ decision: GrantDecision, _ request: TokenRequest, _ client: Client,
    within resource: Resource?
  ) throws(OAuthError) -> ScopeSet {
    if let asked = request.scopes { try check(asked, client) }
    let registered = resource.map { within($0, client.scopes) } ?? client.scopes
    let allowed = request.scopes ?? registered
    let given = decision.scopes.map { allowed.intersection($0) } ?? allowed
    guard !given.isEmpty else {
      throw OAuthError(
        .invalid_scope, "No scope remains that this client may be given.", reason: .scopeNone,
        detail: "asked: \(request.scopes?.description ?? "(default)"); client: \(client.scopes)")
    }
    return given
  }

  private func check(_ asked: ScopeSet, _ client: Client) throws(OAuthError) {
    if let unknown = asked.scopes.first(where: { resources.owner(of: $0) == nil }) {
      throw OAuthError(
        .invalid_scope, "The scope \(unknown) is not known here.", reason: .scopeUnknown)
    }
    if let denied = asked.subtracting(client.scopes).scopes.first {
      throw OAuthError(
        .invalid_scope, "This client may not be given the scope \(denied).",
        reason: .scopeNotRegistered,
        detail: "client \"\(client.id)\" has: \(client.scopes)")
    }
  }

  private func within(_ resource: Resource, _ scopes: ScopeSet) -> ScopeSet {
    scopes.intersection(ScopeSet(resource.scopes.map(\.scope)))
  }

  private func owner(of scopes: ScopeSet, within target: Resource?) throws(OAuthError) -> Resource {
    let owners = scopes.scopes.compactMap { resources.owner(of: $0) }
    guard owners.count == scopes.scopes.count, let first = owners.first else {
      throw OAuthError(
        .invalid_scope, "A scope of this client is not known here.", reason: .scopeUnknown,
        detail: "a scope of \"\(scopes)\" belongs to no resource of the config")
    }
    guard owners.allSatisfy({ $0.audience == first.audience }) else {
      throw OAuthError(
        .invalid_target, "The scopes belong to several resources; name one with resource.",
        reason: .resourceAmbiguous, detail: "scopes: \(scopes)")
    }
    guard target == nil || target?.audience == first.audience else {
      throw OAuthError(
        .invalid_target, "A scope does not belong to the resource.",
        reason: .resourceScopeMismatch, detail: "scopes: \(scopes)")
    }
    return first
  }

  private func subject(_ decision: GrantDecision, _ client: Client) -> Subject {
    switch decision.subject {
    case .client: Subject(client.id)
    case .asserted(let subject): subject
    }
  }

  private func lifetime(_ decision: GrantDecision, _ client: Client, _ resource: Resource)
    -> Lifetime
  {
    let chosen = client.tokens.lifetime ?? resource.tokens.lifetime ?? tokens.lifetime
    return decision.lifetimeCap.map { min($0, chosen) } ?? chosen
  }

  /// A plugin that sets a claim of the core's is broken, not the client's fault.
  private func refuseReserved(_ claims: JSONObject) throws(OAuthError) {
    guard let name = claims.members.first(where: { ReservedClaims.contains($0.name) })?.name else {
      return
    }
    throw OAuthError(
      .server_error, "The grant gave an unusable answer.", reason: .pluginReservedClaim,
      detail: "the grant set the claim \"\(name)\", which is the core's")
  }
}

/// The claims that only the core sets.
enum ReservedClaims {
  private static let names: Set<String> = [
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "gid", "cnf", "act",
    "may_act", "azp", "sid", "nonce", "auth_time", "acr", "amr", "at_hash", "c_hash", "events",
    "authorization_details", "typ", "token_use", "_sd", "_sd_alg", "active", "token_type",
    "username",
  ]

  static func contains(_ name: String) -> Bool { names.contains(name) }
}
