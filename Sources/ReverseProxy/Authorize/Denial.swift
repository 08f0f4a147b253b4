public import Diagnostics
public import HTTP
internal import OAuth
internal import Tokens

/// A refusal by the proxy: an answer for the client, a reason and a detail for the operator.
///
/// What the client is told is what RFC 6750 3.1 says; why it is so stands in the log alone, under a
/// code that stays the same between releases.
public struct Denial: Error, Sendable {
  /// The answer's status.
  public let status: Status
  /// What the client is told.
  public let shown: PublicError
  /// The challenge, where one belongs.
  public let challenge: Challenge?
  /// The Allow field, where one belongs.
  public let allow: FieldValue?
  /// The stable reason code, such as `token.expired`.
  public let reason: ReasonCode
  /// What was found, for the log; never a token.
  public let detail: String

  private init(
    _ status: Status, _ shown: PublicError, _ reason: ReasonCode, _ detail: String,
    challenge: Challenge? = nil, allow: FieldValue? = nil
  ) {
    self.status = status
    self.shown = shown
    self.reason = reason
    self.detail = detail
    self.challenge = challenge
    self.allow = allow
  }

  /// No route has the host and the path.
  static let noRoute = Denial(
    .notFound, .notFound, .routeNone, "no route has this host and path")

  /// A route has the host and the path, for other methods.
  static func method(allowed: FieldValue) -> Denial {
    Denial(
      .methodNotAllowed, .methodNotAllowed, .routeMethod, "the route takes \(allowed)",
      allow: allowed)
  }

  /// The request presents no token.
  ///
  /// "If the request lacks any authentication information [...], the resource server SHOULD NOT
  /// include an error code" (RFC 6750 3.1).
  static func noToken(on route: Route) -> Denial {
    Denial(
      .unauthorized, .missingToken, .tokenMissing, "the request presents no bearer token",
      challenge: challenge(route))
  }

  /// The token is expired, revoked, malformed or invalid for other reasons.
  ///
  /// Which of them, only the log says: a stranger could learn from it what to try next.
  static func invalidToken(on route: Route, reason: ReasonCode, detail: String) -> Denial {
    Denial(
      .unauthorized, .invalidToken, reason, detail,
      challenge: challenge(route).with("error", "invalid_token")
        .with("error_description", "The access token is not valid for this resource"))
  }

  /// The token was revoked while its request was under way.
  static func revoked(_ refusal: TokenRefusal) -> Denial {
    Denial(
      .unauthorized, .invalidToken, refusal.code, refusal.description,
      challenge: Challenge(.bearer).with("error", "invalid_token")
        .with("error_description", "The access token is not valid any more"))
  }

  /// The token is good and says too little: the challenge names the scopes that are needed.
  static func insufficientScope(on route: Route, needed: ScopeSet, missing: ScopeSet) -> Denial {
    Denial(
      .forbidden, .insufficientScope, .tokenScope, "the token lacks \(missing)",
      challenge: challenge(route).with("error", "insufficient_scope")
        .with("error_description", "The access token lacks a scope that this resource needs")
        .with("scope", needed.description))
  }

  /// Nobody can say whether the token is good: keys or storage are out of reach, so never 401.
  static func unavailable(reason: ReasonCode, detail: String) -> Denial {
    Denial(.serviceUnavailable, .serviceUnavailable, reason, detail)
  }

  /// The realm is the protected resource: what a token must be for.
  private static func challenge(_ route: Route) -> Challenge {
    guard case .token(let policy) = route.access else { return Challenge(.bearer) }
    let challenge = Challenge(.bearer).with("realm", policy.audience.text)
    // RFC 9728 5.1: from here a client finds out who issues tokens for it.
    return policy.metadata.map { challenge.with("resource_metadata", $0) } ?? challenge
  }
}
