public import Diagnostics
public import JOSE
public import OAuth

/// An issuer besides ourselves whose access tokens are accepted, with its keys.
public struct TrustedIssuer: Sendable {
  /// What `iss` must be, byte for byte.
  public let issuer: String
  /// Its keys.
  public let keys: JWKSet
  /// The algorithms that are accepted of it; a key's own `alg` narrows them further.
  public let algorithms: [JWSAlgorithm]
  /// The media types that `typ` may name, without `application/`; nil in it allows no `typ` at all.
  public let types: [String?]
  /// By how much `exp` and `nbf` may be missed, for clocks that differ.
  public let leeway: Lifetime

  /// Besides RFC 9068's type, what issuers older than it write: `JWT` or nothing.
  public static let usualTypes: [String?] = [AccessTokenClaims.type, "JWT", nil]

  /// An issuer.
  public init(
    issuer: String, keys: JWKSet, algorithms: [JWSAlgorithm] = JWSAlgorithm.asymmetric,
    types: [String?] = TrustedIssuer.usualTypes, leeway: Lifetime = .seconds(30)
  ) {
    self.issuer = issuer
    self.keys = keys
    self.algorithms = algorithms
    self.types = types
    self.leeway = leeway
  }
}

/// Whose access tokens are accepted here: our own, and those of trusted issuers.
public struct TokenTrust: Sendable {
  /// Ourselves: the issuer and the ring that it signs with; nil where we only proxy.
  public let own: (issuer: Issuer, keys: KeyRing)?
  /// The others; no two of the same name, and none of ours.
  public let foreign: [TrustedIssuer]
  /// What of our own is revoked; nil where nothing can be.
  public let revocations: Revocations?
  /// What our own opaque tokens may look like.
  public let opaqueForm: OpaqueTokenForm
  /// The keys of resources that open what is encrypted to those.
  public let resourceKeys: [ResourceDecrypter]

  /// Trust; throws the name of an issuer that occurs twice.
  public init(
    own: (issuer: Issuer, keys: KeyRing)?, foreign: [TrustedIssuer],
    revocations: Revocations? = nil, opaqueForm: OpaqueTokenForm = .long,
    resourceKeys: [ResourceDecrypter] = []
  ) throws(RepeatedIssuer) {
    var seen: Set<String> = own.map { [$0.issuer.text] } ?? []
    for each in foreign where !seen.insert(each.issuer).inserted {
      throw RepeatedIssuer(issuer: each.issuer)
    }
    self.own = own
    self.foreign = foreign
    self.revocations = revocations
    self.opaqueForm = opaqueForm
    self.resourceKeys = resourceKeys
  }
}

/// Two trusted issuers have the same name: which keys count would be chance.
public struct RepeatedIssuer: Error, Equatable, Sendable {
  /// The name.
  public let issuer: String
}
