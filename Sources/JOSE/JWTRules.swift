public import Diagnostics
internal import JSON

/// What a JWT must say to be taken for one purpose, beyond a good signature (RFC 8725 3).
///
/// Explicit, so that a token made for something else is never taken: another issuer's, another
/// audience's, another type's. A rule that is nil asks for nothing.
public struct JWTRules: Sendable {
  /// What `iss` must be.
  public var issuer: String?
  /// What `aud` must name, alone or among others.
  public var audience: String?
  /// The media type that `typ` must name, with or without `application/` (RFC 8725 3.11).
  public var type: String?
  /// Claims that must be there, whatever they say.
  public var required: [String]
  /// By how much `exp` and `nbf` may be missed, for clocks that differ.
  public var leeway: Lifetime
  /// By how much `iat` may lie in the future.
  public var issuedAtTolerance: Lifetime

  /// Rules that ask for a good time only.
  public init(
    issuer: String? = nil, audience: String? = nil, type: String? = nil, required: [String] = [],
    leeway: Lifetime = .seconds(0), issuedAtTolerance: Lifetime = .seconds(30)
  ) {
    self.issuer = issuer
    self.audience = audience
    self.type = type
    self.required = required
    self.leeway = leeway
    self.issuedAtTolerance = issuedAtTolerance
  }

  /// Throws unless a header and its claims obey the rules at a time.
  ///
  /// Names are compared byte for byte (RFC 7519 2, StringOrURI).
  public func check(
    _ header: JWSHeader, _ claims: JWTClaims, at now: UnixTime
  ) throws(JOSEError) {
    if let type, !header.isType(type) { throw .unexpected("typ") }
    for name in required where claims.members.range(name) == nil { throw .unexpected(name) }
    if let issuer, !(claims.issuer.map { Self.same($0, issuer) } ?? false) {
      throw .unexpected("iss")
    }
    if let audience, !claims.audiences.contains(where: { Self.same($0, audience) }) {
      throw .unexpected("aud")
    }
    try claims.check(at: now, leeway: leeway, issuedAtTolerance: issuedAtTolerance)
  }

  private static func same(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
  }
}
