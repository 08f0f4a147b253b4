public import Diagnostics
internal import JOSE
public import OAuth
internal import Ports

/// Makes access tokens for authorizations.
///
/// Safe from any thread. It stores nothing: what must be stored comes back as changes, to be part
/// of the one commit.
public struct TokenIssuer: Sendable {
  private let issuer: Issuer
  private let keys: KeyRing
  private let revocations: Revocations?
  private let opaqueForm: OpaqueTokenForm

  /// An issuer that signs with the keys of a ring, and makes nothing that is revoked already.
  public init(
    issuer: Issuer, keys: KeyRing, revocations: Revocations? = nil,
    opaqueForm: OpaqueTokenForm = .long
  ) {
    self.issuer = issuer
    self.keys = keys
    self.revocations = revocations
    self.opaqueForm = opaqueForm
  }

  /// The token of an authorization, good for its lifetime or the policy's longest, if that is less.
  ///
  /// Signing by ES256 takes 25 microseconds, by RS256 ten times that: the latter belongs on the
  /// computing pool, and so does encryption by ECDH-ES. Throws `noSigningKey` if no key may sign with the authorization's algorithm.
  public func prepare(
    _ authorization: Authorization, at now: UnixTime
  ) throws(KeyRingError) -> PreparedTokens {
    // A key stays published for the longest token that the policy knows of, and no longer.
    let lifetime = min(authorization.lifetime, keys.policy.longestToken)
    let time =
      revocations?.issueTime(authorization.client, authorization.subject, at: now) ?? now
    let claims = AccessTokenClaims(authorization, issuer: issuer, lifetime: lifetime, at: time)
    switch authorization.format {
    case .jws:
      return PreparedTokens(
        claims, text: try sign(claims, authorization.algorithm), changes: [])
    case .jwe:
      let signed = try sign(claims, authorization.algorithm)
      return PreparedTokens(
        claims, text: try encrypt(signed, authorization.encrypter), changes: [])
    case .uuid:
      let token = OpaqueToken(opaqueForm)
      return PreparedTokens(
        claims, text: token.text, changes: [TokenRecord.put(claims, of: token)])
    }
  }

  private func sign(
    _ claims: AccessTokenClaims, _ algorithm: JWSAlgorithm
  ) throws(KeyRingError) -> [UInt8] {
    let key = try keys.signingKey(algorithm)
    do {
      return try key.accessTokens.sign(claims.json)
    } catch {
      throw .key(error)
    }
  }

  /// Encrypts to the resource's key, else to our own: then only we can open it.
  private func encrypt(
    _ signed: [UInt8], _ resource: JWEEncrypter?
  ) throws(KeyRingError) -> [UInt8] {
    let encrypter = if let resource { resource } else { try keys.encryptionKey().accessTokens }
    do {
      return try encrypter.encrypt(signed)
    } catch {
      throw .encryption(error)
    }
  }
}
