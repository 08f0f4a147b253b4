public import JOSE
internal import JSON
public import OAuth

/// An issuer whose tokens are taken besides our own.
public struct TrustedIssuerOptions: Sendable {
  /// Its identifier: the `iss` of its tokens.
  public let issuer: Issuer
  /// Its keys: a JWK Set as JSON.
  public let jwks: [UInt8]
  /// The algorithms that its tokens may be signed by.
  public let algorithms: [JWSAlgorithm]
}

extension TrustedIssuerOptions {
  static let codec: Codec<TrustedIssuerOptions> = .section(
    Section(
      "An issuer whose tokens are taken besides our own.",
      Field("issuer", .issuer.defining(.issuer), "The `iss` of its tokens."),
      Field("jwks", .jwks, "Its public keys: `{ file: \"jwks.json\" }`, or the JWK Set itself."),
      Field(
        "algorithms", .set(of: .signatureAlgorithm, count: 1...JWSAlgorithm.asymmetric.count),
        default: ["RS256", "ES256"],
        "The algorithms that its tokens may be signed by."),
      build: TrustedIssuerOptions.init))
}

extension Codec where Value == [UInt8] {
  /// A JWK Set: by reference or as an object.
  fileprivate static var jwks: Codec {
    let shape = Shape(
      .text(longest: Reading.referenceLimit),
      "{ file: \"jwks.json\" } or a JWK Set: an object with \"keys\"",
      example: ["file": "jwks.json"])
    return Codec(shape: shape) { node, reading in
      let bytes: [UInt8]
      if node.member("keys") != nil {
        bytes = node.json.serialized()
      } else {
        guard let text = reading.text(node, shape, longest: Reading.referenceLimit) else {
          return nil
        }
        bytes = Array(text.utf8)
      }
      do {
        guard try JSONValue(parsing: bytes).object?["keys"]?.array?.isEmpty == false else {
          reading.fault(node.position, "is no JWK Set with keys", "write \(shape.expectation)")
          return nil
        }
      } catch {
        reading.fault(node.position, "is no JSON: \(error)", "write \(shape.expectation)")
        return nil
      }
      return bytes
    }
  }
}
