internal import Diagnostics
internal import JOSE

/// The keys of one issuer made ready to verify, with what else its tokens must be.
///
/// Owned by one verifier and so by one loop: the contexts inside are not for two threads.
final class IssuerKeys {
  /// What `iss` must be.
  let issuer: String
  /// Whether the issuer is ourselves.
  let isOwn: Bool
  /// By how much `exp` and `nbf` may be missed.
  let leeway: Lifetime
  private let types: [String?]
  private let verifiers: [(keyID: String?, verifier: JWSVerifier)]

  /// A foreign issuer's keys.
  init(_ issuer: TrustedIssuer) {
    self.issuer = issuer.issuer
    isOwn = false
    leeway = issuer.leeway
    types = issuer.types
    verifiers = Self.verifiers(issuer.keys.keys, issuer.algorithms)
  }

  /// Our own keys; our clock is the one that issued the token.
  init(own issuer: String, _ snapshot: KeyRingSnapshot) {
    self.issuer = issuer
    isOwn = true
    leeway = Lifetime(milliseconds: 0)
    types = [AccessTokenClaims.type]
    verifiers = Self.verifiers(snapshot.keys.map(\.jwk), JWSAlgorithm.asymmetric)
  }

  private static func verifiers(
    _ keys: [JWK], _ algorithms: [JWSAlgorithm]
  ) -> [(keyID: String?, verifier: JWSVerifier)] {
    keys.flatMap { key in
      key.algorithms.filter(algorithms.contains).compactMap { algorithm in
        // A key that does not fit its own algorithm cannot be made, so nothing is lost here.
        (try? JWSVerifier(key, algorithm)).map { (key.keyID, $0) }
      }
    }
  }

  /// Whether `iss` names this issuer, byte for byte.
  func isNamed(_ name: String) -> Bool { issuer.utf8.elementsEqual(name.utf8) }

  /// Whether there is a key of a name.
  func hasKey(_ keyID: String) -> Bool {
    verifiers.contains { $0.keyID?.utf8.elementsEqual(keyID.utf8) ?? false }
  }

  /// Whether a header says that the token is an access token.
  func accepts(type header: JWSHeader) -> Bool {
    types.contains { $0.map(header.isType) ?? (header.type == nil) }
  }

  /// Throws unless one of the keys signed a text: the one that `kid` names.
  ///
  /// Our own tokens always name their key; a foreign one that does not is tried with each key that
  /// fits its algorithm.
  func verify(
    _ text: Span<UInt8>, _ parts: CompactJWS, _ header: JWSHeader
  ) throws(TokenRefusal) {
    var refusal = TokenRefusal.keyUnknown(header.keyID)
    for candidate in verifiers where isNamed(header.keyID, candidate.keyID) {
      guard candidate.verifier.algorithm == header.algorithm else {
        if refusal != .signature { refusal = .algorithm(.algorithm(header.algorithm.rawValue)) }
        continue
      }
      do throws(JOSEError) {
        try candidate.verifier.verify(text, parts)
        return
      } catch {
        guard error == .signature else { throw TokenRefusal(error) }
        refusal = .signature
      }
    }
    throw refusal
  }

  private func isNamed(_ wanted: String?, _ keyID: String?) -> Bool {
    guard let wanted else { return !isOwn }
    return keyID.map { $0.utf8.elementsEqual(wanted.utf8) } ?? false
  }
}
