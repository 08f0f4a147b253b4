internal import JOSE

extension Codec where Value == JWSAlgorithm {
  /// An algorithm of signatures: HMAC is none, whose every verifier could also make tokens.
  static var signatureAlgorithm: Codec {
    .choice(among: JWSAlgorithm.asymmetric.map { ($0.rawValue, $0) })
  }
}
