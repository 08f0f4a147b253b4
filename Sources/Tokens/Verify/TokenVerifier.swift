internal import Cryptography
public import Diagnostics
internal import JOSE
internal import OAuth
public import Ports

/// Verifies presented access tokens: each event loop has one of its own.
///
/// Everything it needs is in memory; a token seen before costs one SHA-256. Not for two threads.
public final class TokenVerifier {
  private let trust: TokenTrust
  private let limits: TokenVerifierLimits
  private let meter: VerifierMeter
  private var issuers: [IssuerKeys]
  private var ownKeyIDs: Set<String> = []
  private var generation: UInt64 = 0
  private var decrypters: TokenDecrypters
  private var headers = HeaderCache()
  private var cache: VerifiedTokenCache

  /// By how much `iat` may lie in the future, for clocks that differ.
  private static let issuedAtTolerance = Lifetime.minutes(1)

  /// A verifier.
  public init(
    _ trust: TokenTrust, limits: TokenVerifierLimits = .default,
    meter: VerifierMeter = VerifierMeter()
  ) {
    self.trust = trust
    self.limits = limits
    self.meter = meter
    issuers = trust.foreign.map { IssuerKeys($0) }
    decrypters = TokenDecrypters(resources: trust.resourceKeys)
    cache = VerifiedTokenCache(limits)
  }

  /// Judges the text of a token; never waits.
  public func verify(_ text: Span<UInt8>, at now: UnixTime) -> TokenVerdict {
    let verdict = verdict(on: text, at: now)
    meter.count(verdict)
    return verdict
  }

  private func verdict(on text: Span<UInt8>, at now: UnixTime) -> TokenVerdict {
    guard text.count <= limits.tokenBytes else {
      return .refused(.malformed(.tooLarge(limit: limits.tokenBytes)))
    }
    followKeyRing()
    let hash = SHA256.digest(text)
    if let hit = cache.token(hash, at: now) {
      let verdict = judge(hit, hash, at: now)
      meter.count(cached: verdict)
      return verdict
    }
    meter.countMiss()
    if trust.own != nil && OpaqueToken.isWellFormed(text, trust.opaqueForm) {
      return .needsStorage(TokenLookup(hash))
    }
    do {
      let generation = trust.revocations?.currentGeneration ?? 0
      guard let (token, leeway) = try open(text, at: now) else { return .needsKeys }
      cache.insert(
        token, hash, until: token.expiry + leeway, at: now, judged: generation)
      meter.count(.verified, entries: cache.count, bytes: cache.bytes)
      return .verified(token)
    } catch {
      return .refused(error)
    }
  }

  /// Judges an opaque token by what storage has of it; nil is a definite no.
  public func admit(_ lookup: TokenLookup, _ record: Record?, at now: UnixTime) -> TokenVerdict {
    let verdict = verdict(on: lookup, record, at: now)
    meter.count(verdict)
    return verdict
  }

  private func verdict(
    on lookup: TokenLookup, _ record: Record?, at now: UnixTime
  ) -> TokenVerdict {
    followKeyRing()
    guard let record, record.key == lookup.key, let own = issuers.first(where: \.isOwn) else {
      return .refused(.unknown)
    }
    do throws(TokenRefusal) {
      let claims = try read(record.value)
      guard let issuer = claims.issuer, own.isNamed(issuer) else { throw .issuer(claims.issuer) }
      let generation = trust.revocations?.currentGeneration ?? 0
      let (token, _) = try judge(claims, of: own, at: now, record: lookup.key)
      let end = min(token.expiry, now + limits.opaqueLifetime)
      cache.insert(token, lookup.hash, until: end, at: now, judged: generation)
      meter.count(.lookedUp, entries: cache.count, bytes: cache.bytes)
      return .verified(token)
    } catch {
      return .refused(error)
    }
  }

  /// Judges a token seen before by what was revoked since.
  ///
  /// What storage said of an opaque token is believed only while the feed of revocations is alive.
  private func judge(
    _ hit: VerifiedTokenCache.Hit, _ hash: Digest256, at now: UnixTime
  ) -> TokenVerdict {
    guard let revocations = trust.revocations else { return .verified(hit.token) }
    let generation = revocations.currentGeneration
    if generation != hit.judged {
      if let entry = revocations.entry(revoking: hit.token) {
        return .refused(.revoked(entry))
      }
      cache.judge(hit, by: generation)
    }
    guard hit.token.record == nil || revocations.isFresh(at: now) else {
      return .needsStorage(TokenLookup(hash))
    }
    return .verified(hit.token)
  }

  /// Takes the ring's keys if they are others than those known here.
  ///
  /// What a removed key signed or encrypted is refused from then on, so the cache goes with it.
  private func followKeyRing() {
    guard let own = trust.own, own.keys.currentGeneration != generation else { return }
    let snapshot = own.keys.snapshot
    let keyIDs = Set(snapshot.keyIDs)
    if !ownKeyIDs.isSubset(of: keyIDs) { cache.removeAll() }
    generation = snapshot.generation
    ownKeyIDs = keyIDs
    issuers = [IssuerKeys(own: own.issuer.text, snapshot)] + issuers.filter { !$0.isOwn }
    decrypters = TokenDecrypters(own: snapshot.encryptionKeys, resources: trust.resourceKeys)
  }

  /// Opens the token if it is encrypted, and checks what is signed; nil if our ring must be read
  /// first.
  ///
  /// The number of segments only says what the text claims to be: an encrypted token must open under
  /// a key of ours, and what is inside is judged like any other.
  private func open(
    _ text: Span<UInt8>, at now: UnixTime
  ) throws(TokenRefusal) -> (VerifiedToken, Lifetime)? {
    guard text.segmentCount == 5 else { return try check(text, at: now) }
    let nested = try decrypters.open(
      text, limit: limits.tokenBytes, isRingWhole: !mayKnowMore(at: now))
    guard let nested, let checked = try check(nested.text.span, at: now) else { return nil }
    try nested.check(checked.0)
    return checked
  }

  /// Reads and checks a compact JWS: form, type, issuer, key, signature, and time in the end; nil if
  /// our ring must be read first.
  private func check(
    _ text: Span<UInt8>, at now: UnixTime
  ) throws(TokenRefusal) -> (VerifiedToken, Lifetime)? {
    let parts: CompactJWS
    let header: JWSHeader
    let payload: [UInt8]
    let headerText: Span<UInt8>
    let known: JWSHeader?
    do {
      parts = try CompactJWS(splitting: text, limit: limits.tokenBytes)
      headerText = text.extracting(parts.header)
      known = headers.header(headerText)
      if let known { header = known } else { header = try JWSHeader(decoding: headerText) }
      payload = try parts.payloadBytes(in: text)
    } catch {
      throw TokenRefusal(error)
    }
    let claims = try read(payload)
    let issuer = issuers.first { keys in claims.issuer.map(keys.isNamed) ?? false }
    guard let issuer else { throw .issuer(claims.issuer) }
    guard issuer.accepts(type: header) else { throw .type(header.type) }
    if issuer.isOwn, let keyID = header.keyID, !issuer.hasKey(keyID), mayKnowMore(at: now) {
      return nil
    }
    try issuer.verify(text, parts, header)
    if known == nil { headers.keep(header, headerText) }
    return try judge(claims, of: issuer, at: now, record: nil)
  }

  private func mayKnowMore(at now: UnixTime) -> Bool {
    trust.own?.keys.mayKnowMore(at: now) ?? false
  }

  private func read(_ payload: [UInt8]) throws(TokenRefusal) -> JWTClaims {
    do {
      return try JWTClaims(parsing: payload)
    } catch {
      throw TokenRefusal(error)
    }
  }

  /// Claims that are the issuer's become a token if their time is now.
  private func judge(
    _ claims: JWTClaims, of issuer: IssuerKeys, at now: UnixTime, record: RecordKey?
  ) throws(TokenRefusal) -> (VerifiedToken, Lifetime) {
    let token: VerifiedToken
    do {
      token = try VerifiedToken(claims, from: issuer, record: record)
      try claims.check(
        at: now, leeway: issuer.leeway, issuedAtTolerance: Self.issuedAtTolerance)
    } catch {
      throw TokenRefusal(error, claims.expiry)
    }
    if let entry = trust.revocations?.entry(revoking: token) { throw .revoked(entry) }
    return (token, issuer.leeway)
  }
}
