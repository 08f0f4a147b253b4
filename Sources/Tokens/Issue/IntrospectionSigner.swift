public import Diagnostics
public import JOSE
internal import JSON
public import OAuth

/// Signs what we say of tokens, for callers that want to prove it later (RFC 9701).
///
/// Safe from any thread.
public struct IntrospectionSigner: Sendable {
  /// `typ` of such an answer, and the media type that it has after `application/`.
  public static let type = "token-introspection+jwt"

  private let issuer: Issuer
  private let keys: KeyRing
  private let usual: JWSAlgorithm

  /// A signer with the keys of a ring.
  ///
  /// Callers that registered no algorithm get RS256, the RFC's default, where there is such a key.
  public init(issuer: Issuer, keys: KeyRing, fallback: JWSAlgorithm) {
    self.issuer = issuer
    self.keys = keys
    usual = keys.policy.algorithms.contains(.rs256) ? .rs256 : fallback
  }

  /// The algorithms that callers may register.
  public var algorithms: [JWSAlgorithm] { keys.policy.algorithms }

  /// The algorithm of the answers for a caller who registered this one, or none.
  public func algorithm(_ registered: JWSAlgorithm?) -> JWSAlgorithm { registered ?? usual }

  /// The answer, which is JSON text, as a JWT for one caller.
  ///
  /// Neither `sub` nor `exp` stand beside `token_introspection`, so that nobody can take the JWT for
  /// an access token (RFC 9701 5, 8.1). RSA takes 0.3 ms, and belongs on the computing pool.
  public func sign(
    _ answer: [UInt8], for caller: ClientID, by algorithm: JWSAlgorithm, at now: UnixTime
  ) throws(KeyRingError) -> [UInt8] {
    let key = try keys.signingKey(algorithm)
    var head = JSONWriter(capacity: answer.count + 256)
    head.beginObject()
    head.name("iss")
    head.value(issuer.text)
    head.name("aud")
    head.value(caller.text)
    head.name("iat")
    head.value(now.seconds)
    head.name("token_introspection")
    do {
      return try key.introspections.sign(head.bytes + answer + [UInt8(ascii: "}")])
    } catch {
      throw .key(error)
    }
  }
}
