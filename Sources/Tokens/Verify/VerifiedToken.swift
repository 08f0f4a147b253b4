public import Diagnostics
internal import JOSE
internal import JSON
public import OAuth
public import Ports
internal import Synchronization

/// An access token that was verified: made by `TokenVerifier` only.
///
/// What it says is true of the token, not of the request: audience, scope and claims are judged by
/// each route anew.
public final class VerifiedToken: Sendable {
  /// Who issued it.
  public let issuer: String
  /// Whether that is ourselves.
  public let isOwn: Bool
  /// For whom it speaks; our own tokens always say.
  public let subject: Subject?
  /// The client that it was issued to.
  public let client: ClientID?
  /// The scopes that it carries.
  public let scopes: ScopeSet
  /// Whom it is for.
  public let audiences: [Audience]
  /// When it was issued; our own tokens always say.
  public let issuedAt: UnixTime?
  /// When it ends; not later than this is it accepted, but for the issuer's leeway.
  public let expiry: UnixTime
  /// Its `jti`.
  public let id: String?
  /// The grant that it came from (`gid`), of our own tokens.
  public let grantID: String?
  /// The session that it came from (`sid`), of our own tokens.
  public let sessionID: String?
  /// The record by which storage vouches for it; nil if a signature does.
  public let record: RecordKey?
  /// All its claims as JSON text, checked when it was verified.
  public let claims: [UInt8]
  /// See `attachment`.
  let attached = AtomicLazyReference<TokenAttachment>()

  /// Takes over claims whose origin and time have been checked.
  init(_ read: JWTClaims, from issuer: IssuerKeys, record: RecordKey?) throws(JOSEError) {
    self.issuer = issuer.issuer
    isOwn = issuer.isOwn
    guard let expiry = read.expiry else { throw .claim("exp") }
    self.expiry = expiry
    issuedAt = read.issuedAt
    self.record = record
    subject = try read.subject.map { (text) throws(JOSEError) in
      guard let subject = Subject(text) else { throw .claim("sub") }
      return subject
    }
    client = try Self.client(read.members, isOwn: issuer.isOwn)
    scopes = try Self.scopes(read.members)
    // A name that no audience here can have cannot match any.
    audiences = read.audiences.compactMap { Audience($0) }
    id = read.id
    grantID = issuer.isOwn ? try read.members.text("gid") : nil
    sessionID = issuer.isOwn ? try read.members.text("sid") : nil
    claims = read.members.bytes
  }

  private static func client(
    _ members: JSONMembers, isOwn: Bool
  ) throws(JOSEError) -> ClientID? {
    // Foreign issuers of before RFC 9068 name the client in `azp`.
    var name = try members.text("client_id")
    if name == nil && !isOwn { name = try members.text("azp") }
    guard let name else { return nil }
    guard let client = ClientID(name) else { throw .claim("client_id") }
    return client
  }

  private static func scopes(_ members: JSONMembers) throws(JOSEError) -> ScopeSet {
    guard let text = try members.text("scope"), !text.isEmpty else { return .empty }
    guard let scopes = ScopeSet(parsing: text) else { throw .claim("scope") }
    return scopes
  }

  /// What it takes in a cache, roughly: the object, its strings, its claims, an attachment.
  var cost: Int { 768 + claims.count }
}
