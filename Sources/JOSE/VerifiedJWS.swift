/// A compact JWS whose signature was checked: made by that check only.
public struct VerifiedJWS: Sendable {
  /// The header.
  public let header: JWSHeader
  /// The payload.
  public let payload: [UInt8]
  /// The `kid` of the key that signed it, as the key has it.
  public let keyID: String?

  /// Verifies a text under the keys of a set, by the algorithms that the caller allows.
  ///
  /// With a `kid`, only the key of that name is tried, or the only key there is if that has none;
  /// without one, each key that may be used with the header's algorithm. For the serving path, which keeps its contexts, see `JWSVerifier`.
  public init(
    verifying text: [UInt8], with keys: JWKSet, algorithms: [JWSAlgorithm],
    limit: Int = CompactJWS.limit
  ) throws(JOSEError) {
    try self.init(
      text, keys.keys.map(Candidate.init), algorithms.filter { $0.scheme != nil }, limit)
  }

  /// Verifies a text under shared secrets, by the algorithms that the caller allows.
  ///
  /// Apart from the above, so that no call can take a public key for a secret.
  public init(
    verifying text: [UInt8], withSecrets keys: [SecretJWK], algorithms: [JWSAlgorithm],
    limit: Int = CompactJWS.limit
  ) throws(JOSEError) {
    try self.init(
      text, keys.map(Candidate.init), algorithms.filter { $0.macDigest != nil }, limit)
  }

  private init(
    _ text: [UInt8], _ keys: [Candidate], _ algorithms: [JWSAlgorithm], _ limit: Int
  ) throws(JOSEError) {
    let parts = try CompactJWS(splitting: text.span, limit: limit)
    let header = try JWSHeader(decoding: text.span.extracting(parts.header))
    guard algorithms.contains(header.algorithm) else {
      throw .algorithm(header.algorithm.rawValue)
    }
    let payload = try parts.payloadBytes(in: text.span)
    keyID = try Self.signer(of: text, parts, header, among: keys).keyID
    self.header = header
    self.payload = payload
  }

  /// A key that may have signed.
  private struct Candidate {
    let keyID: String?
    let algorithms: [JWSAlgorithm]
    let verifier: (JWSAlgorithm) throws(JOSEError) -> JWSVerifier

    init(_ key: JWK) {
      keyID = key.keyID
      algorithms = key.algorithms
      verifier = { (algorithm) throws(JOSEError) in try JWSVerifier(key, algorithm) }
    }

    init(_ key: SecretJWK) {
      keyID = key.keyID
      algorithms = key.algorithms
      verifier = { (algorithm) throws(JOSEError) in try JWSVerifier(key, algorithm) }
    }
  }

  private static func signer(
    of text: [UInt8], _ parts: CompactJWS, _ header: JWSHeader, among keys: [Candidate]
  ) throws(JOSEError) -> Candidate {
    if let wanted = header.keyID, keys.count != 1 || keys[0].keyID != nil {
      // By bytes: Swift's `==` takes different spellings of an accent for the same.
      guard let key = keys.first(where: { $0.keyID?.utf8.elementsEqual(wanted.utf8) == true })
      else { throw .unknownKey }
      try key.verifier(header.algorithm).verify(text.span, parts)
      return key
    }
    let candidates = keys.filter { $0.algorithms.contains(header.algorithm) }
    guard !candidates.isEmpty else { throw .unknownKey }
    for key in candidates {
      do throws(JOSEError) {
        try key.verifier(header.algorithm).verify(text.span, parts)
        return key
      } catch {
        guard error == .signature else { throw error }
      }
    }
    throw .signature
  }
}
