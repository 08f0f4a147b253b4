public import OAuth

/// What a route asks of a token.
///
/// One object for each route: each request reads it, and none copies it.
public final class TokenPolicy: Sendable {
  /// The protected resource that the token must be for (RFC 9068 4): every route names one.
  public let audience: Audience
  /// The scopes that it must carry, all of them.
  public let scopes: ScopeSet
  /// Who must have issued it, byte for byte; empty for every issuer that is trusted here.
  public let issuers: [String]

  /// Where the resource's metadata are (RFC 9728), for the challenge; nil where it has none.
  public let metadata: String?

  /// A policy from its parts.
  public init(
    audience: Audience, scopes: ScopeSet, issuers: [String] = [], metadata: String? = nil
  ) {
    self.audience = audience
    self.scopes = scopes
    self.issuers = issuers
    self.metadata = metadata
  }
}
