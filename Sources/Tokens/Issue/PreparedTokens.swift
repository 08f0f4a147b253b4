public import Diagnostics
public import Ports

/// Tokens that are made but not yet given out: first their changes must be committed.
public struct PreparedTokens: Sendable {
  /// The access token's text.
  public let accessToken: Secret<String>
  /// Its `jti`.
  public let tokenID: String
  /// The grant that it belongs to.
  public let grantID: String
  /// When it ends.
  public let expiry: UnixTime
  /// How long it is good: `expires_in`.
  public let lifetime: Lifetime
  /// What must be stored before it is given out; empty for a format that needs no record.
  public let changes: [Change]

  init(_ claims: AccessTokenClaims, text: [UInt8], changes: [Change]) {
    accessToken = Secret(String(decoding: text, as: UTF8.self))
    tokenID = claims.id
    grantID = claims.grantID
    expiry = claims.expiry
    lifetime = Lifetime(
      milliseconds: claims.expiry.milliseconds - claims.issuedAt.milliseconds)
    self.changes = changes
  }
}
