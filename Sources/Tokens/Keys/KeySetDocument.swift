internal import Cryptography
public import Diagnostics
internal import JOSE
internal import JSON

/// The JWK Set as it is served: bytes, validator, lifetime.
public struct KeySetDocument: Sendable {
  /// The JSON text (`application/jwk-set+json`).
  public let bytes: [UInt8]
  /// A strong entity tag with its quotes (RFC 9110 8.8.3).
  public let entityTag: String
  /// For how long a verifier may keep it: `Cache-Control: max-age`.
  public let maxAge: Lifetime

  init(_ keys: [JWK], maxAge: Lifetime) throws(KeyRingError) {
    do {
      bytes = JSONValue.object(try JWKSet(keys).json).serialized()
    } catch {
      throw .key(error)
    }
    entityTag = "\"\(Base64.url.encode(Array(SHA256.digest(bytes).bytes.prefix(16))))\""
    self.maxAge = maxAge
  }
}
