public import HTTP

/// A refusal by the proxy: an answer for the client, a reason for the operator.
///
/// What the client is told is what RFC 6750 3.1 says; the reason is in the log, under a code that
/// stays the same between releases.
public struct Denial: Error, Sendable {
  /// The answer's status.
  public let status: Status
  /// The challenge, where one belongs.
  public let challenge: Challenge?
  /// The stable reason code, such as `token.expired`.
  public let reason: StaticString
  /// The Allow field, where one belongs.
  public let allow: FieldValue?

  private init(
    _ status: Status, _ reason: StaticString, challenge: Challenge? = nil,
    allow: FieldValue? = nil
  ) {
    self.status = status
    self.challenge = challenge
    self.reason = reason
    self.allow = allow
  }

  /// No route has the host and the path.
  static let noRoute = Denial(.notFound, "route.none")

  /// A route has the host and the path, for other methods.
  static func method(allowed: FieldValue) -> Denial {
    Denial(.methodNotAllowed, "route.method", allow: allowed)
  }

  /// "If the request lacks any authentication information, the resource server SHOULD NOT include
  /// an error code" (RFC 6750 3.1).
  static func noToken(realm: String) -> Denial {
    Denial(
      .unauthorized, "token.missing", challenge: Challenge(.bearer).with("realm", realm))
  }

  /// The token is expired, revoked, malformed or invalid for other reasons.
  ///
  /// Which of them, only the log says: a stranger could learn from it what to try next.
  static func invalidToken(realm: String, reason: StaticString) -> Denial {
    Denial(
      .unauthorized, reason,
      challenge: Challenge(.bearer).with("realm", realm).with("error", "invalid_token")
        .with("error_description", "The access token is not valid for this resource"))
  }

  /// The token is good and says too little: the challenge names the scopes that are needed.
  static func insufficientScope(realm: String, needed: String) -> Denial {
    Denial(
      .forbidden, "token.scope",
      challenge: Challenge(.bearer).with("realm", realm).with("error", "insufficient_scope")
        .with("error_description", "The access token lacks a scope that this resource needs")
        .with("scope", needed))
  }

  /// Nobody can say whether the token is good: keys or storage are out of reach, so never 401.
  static func unavailable(reason: StaticString) -> Denial {
    Denial(.serviceUnavailable, reason)
  }
}
