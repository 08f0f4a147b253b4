internal import Cryptography
public import Diagnostics
public import JSON
public import OAuth

/// What one of our access tokens says (RFC 9068 2.2), in whatever format it is written.
public struct AccessTokenClaims: Sendable {
  /// `iss`.
  public let issuer: Issuer
  /// `sub`.
  public let subject: Subject
  /// `aud`.
  public let audiences: [Audience]
  /// `client_id`.
  public let client: ClientID
  /// `scope`.
  public let scopes: ScopeSet
  /// `iat`, in whole seconds.
  public let issuedAt: UnixTime
  /// `exp`, in whole seconds.
  public let expiry: UnixTime
  /// `jti`: 128 random bits in base64url.
  public let id: String
  /// `gid`: the grant that the token came from; what is revoked together has it in common.
  public let grantID: String
  /// Further claims, none of them reserved.
  public let additional: JSONObject

  /// The `typ` of a signed access token (RFC 9068 2.1).
  public static let type = "at+jwt"

  /// Claims for an authorization, with a new id and a grant of its own, good for a lifetime.
  public init(
    _ authorization: Authorization, issuer: Issuer, lifetime: Lifetime, at now: UnixTime
  ) {
    self.issuer = issuer
    subject = authorization.subject
    audiences = authorization.audiences
    client = authorization.client
    scopes = authorization.scopes
    issuedAt = UnixTime(seconds: now.seconds)
    expiry = UnixTime(seconds: now.seconds) + Lifetime.seconds(lifetime.seconds)
    let random = Random.bytes(32)
    id = Base64.url.encode(Array(random[..<16]))
    grantID = Base64.url.encode(Array(random[16...]))
    additional = authorization.claims
  }

  /// The claims as JSON text.
  public var json: [UInt8] {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.name("iss")
    writer.value(issuer.text)
    writer.name("sub")
    writer.value(subject.text)
    writer.name("aud")
    writeAudiences(to: &writer)
    writer.name("client_id")
    writer.value(client.text)
    writer.name("iat")
    writer.value(issuedAt.seconds)
    writer.name("exp")
    writer.value(expiry.seconds)
    writer.name("jti")
    writer.value(id)
    writer.name("gid")
    writer.value(grantID)
    if !scopes.isEmpty {
      writer.name("scope")
      writer.value(scopes.description)
    }
    for member in additional.members {
      writer.name(member.name)
      writer.value(member.value)
    }
    writer.endObject()
    return writer.bytes
  }

  private func writeAudiences(to writer: inout JSONWriter) {
    if audiences.count == 1 {
      writer.value(audiences[0].text)
    } else {
      writer.beginArray()
      for audience in audiences { writer.value(audience.text) }
      writer.endArray()
    }
  }
}
