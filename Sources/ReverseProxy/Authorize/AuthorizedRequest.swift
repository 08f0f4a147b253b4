internal import Diagnostics
internal import OAuth
public import Tokens

/// A request that may go on: what Mutate and Forward need, and nobody else can make.
public struct AuthorizedRequest: Sendable {
  /// The route that lets it through.
  public let route: Route
  /// The token that lets it through; nil on an anonymous route.
  public let token: VerifiedToken?

  /// A request on a route that asks for no token; nil if the route asks for one.
  public init?(anonymous route: Route) {
    guard case .anonymous = route.access else { return nil }
    self.route = route
    token = nil
  }

  /// Judges a verified token by what its route asks for.
  ///
  /// Audience and issuer first, since scopes mean something only to the resource that they were
  /// given for: a token for somebody else is invalid here (401), one for us that says too little is
  /// insufficient (403). An anonymous route takes any token, and passes what it says on.
  public init(_ token: VerifiedToken, on route: Route) throws(Denial) {
    if case .token(let policy) = route.access { try Self.check(token, policy, on: route) }
    self.route = route
    self.token = token
  }

  private static func check(
    _ token: VerifiedToken, _ policy: TokenPolicy, on route: Route
  ) throws(Denial) {
    guard token.audiences.contains(policy.audience) else {
      throw .invalidToken(
        on: route, reason: .tokenAudience,
        detail: "aud is \(token.audiences), the route asks for \(policy.audience)")
    }
    guard policy.issuers.isEmpty || policy.issuers.contains(token.issuer) else {
      throw .invalidToken(
        on: route, reason: .tokenIssuer,
        detail: "iss is \(token.issuer), which the route does not take")
    }
    let missing = policy.scopes.subtracting(token.scopes)
    guard missing.isEmpty else {
      throw .insufficientScope(on: route, needed: policy.scopes, missing: missing)
    }
  }
}
