public import Diagnostics
public import JOSE
public import JSON
public import OAuth

/// What may be issued, after the core has narrowed a grant's decision: the issuer's only input.
public struct Authorization: Sendable {
  /// The client that gets the token.
  public let client: ClientID
  /// For whom it speaks.
  public let subject: Subject
  /// The scopes it carries.
  public let scopes: ScopeSet
  /// The resources it is for.
  public let audiences: [Audience]
  /// Its format.
  public let format: TokenFormat
  /// What encrypts it to the resource, where the format encrypts; nil for a key of our own.
  public let encrypter: JWEEncrypter?
  /// Its signature algorithm, where the format signs.
  public let algorithm: JWSAlgorithm
  /// How long it is good.
  public let lifetime: Lifetime
  /// Further claims; none of them reserved.
  public let claims: JSONObject

  /// An authorization.
  public init(
    client: ClientID, subject: Subject, scopes: ScopeSet, audiences: [Audience],
    format: TokenFormat, algorithm: JWSAlgorithm, lifetime: Lifetime, claims: JSONObject,
    encrypter: JWEEncrypter? = nil
  ) {
    self.client = client
    self.subject = subject
    self.scopes = scopes
    self.audiences = audiences
    self.format = format
    self.encrypter = encrypter
    self.algorithm = algorithm
    self.lifetime = lifetime
    self.claims = claims
  }
}
