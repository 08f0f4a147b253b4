/// A compact JWS whose signature was checked: made by that check only.
public struct VerifiedJWS: Sendable {
  /// The header.
  public let header: JWSHeader
  /// The payload.
  public let payload: [UInt8]
  /// The key that signed it.
  public let key: JWK

  /// Verifies a text under the keys of a set, by the algorithms that the caller allows.
  ///
  /// With a `kid`, only the key of that name is tried; without one, each key that may be used with
  /// the header's algorithm. For the serving path, which keeps its contexts, see `JWSVerifier`.
  public init(
    verifying text: [UInt8], with keys: JWKSet, algorithms: [JWSAlgorithm],
    limit: Int = CompactJWS.limit
  ) throws(JOSEError) {
    let parts = try CompactJWS(splitting: text.span, limit: limit)
    let header = try JWSHeader(decoding: text.span.extracting(parts.header))
    guard algorithms.contains(header.algorithm) else {
      throw .algorithm(header.algorithm.rawValue)
    }
    let payload = try parts.payloadBytes(in: text.span)
    let key = try Self.signer(of: text, parts, header, among: keys)
    self.header = header
    self.payload = payload
    self.key = key
  }

  private static func signer(
    of text: [UInt8], _ parts: CompactJWS, _ header: JWSHeader, among keys: JWKSet
  ) throws(JOSEError) -> JWK {
    if let keyID = header.keyID {
      guard let key = keys[keyID] else { throw .unknownKey }
      try JWSVerifier(key, header.algorithm).verify(text.span, parts)
      return key
    }
    let candidates = keys.keys.filter { $0.algorithms.contains(header.algorithm) }
    guard !candidates.isEmpty else { throw .unknownKey }
    for key in candidates {
      do throws(JOSEError) {
        try JWSVerifier(key, header.algorithm).verify(text.span, parts)
        return key
      } catch {
        guard error == .signature else { throw error }
      }
    }
    throw .signature
  }
}
