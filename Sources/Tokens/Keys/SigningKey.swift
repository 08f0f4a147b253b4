internal import Cryptography
public import Diagnostics
public import JOSE

/// One signing key of ours, and the times at which its state changes.
public final class SigningKey: Sendable {
  /// The `kid`: the thumbprint of the public half (RFC 7638).
  public let id: String
  /// The one algorithm that it signs with.
  public let algorithm: JWSAlgorithm
  /// Its place among the keys of its algorithm, from 1.
  public let sequence: Int64
  /// When it was first published.
  public let published: UnixTime
  /// From when on it may sign.
  public let activates: UnixTime
  /// The public half, as the JWK Set lists it.
  public let jwk: JWK
  let privateKey: PrivateJWK
  /// Signs access tokens (RFC 9068 2.1: `typ` is `at+jwt`).
  let accessTokens: JWSSigner

  init(
    key: PrivateKey, algorithm: JWSAlgorithm, sequence: Int64, published: UnixTime,
    activates: UnixTime
  ) throws(KeyRingError) {
    do throws(JOSEError) {
      id = try PrivateJWK(key).publicHalf.thumbprint
      privateKey = try PrivateJWK(key, keyID: id, algorithm: algorithm)
      accessTokens = try JWSSigner(privateKey, algorithm, type: AccessTokenClaims.type)
    } catch {
      throw .key(error)
    }
    jwk = privateKey.publicHalf
    self.algorithm = algorithm
    self.sequence = sequence
    self.published = published
    self.activates = activates
  }

  /// A new key: made before the clock is read, since RSA takes its time.
  static func generate(
    _ algorithm: JWSAlgorithm, sequence: Int64, activatingAfter delay: Lifetime, clock: Clock
  ) throws(KeyRingError) -> SigningKey {
    guard let type = algorithm.generatedKeyType else {
      throw .key(.algorithm(algorithm.rawValue))
    }
    let key: PrivateKey
    do {
      key = try PrivateKey.generate(type)
    } catch {
      throw .cryptography(error)
    }
    let now = clock.now()
    return try SigningKey(
      key: key, algorithm: algorithm, sequence: sequence, published: now, activates: now + delay)
  }
}

/// Where a key is in its life.
public enum SigningKeyState: String, Sendable {
  /// In the JWK Set, not yet signing.
  case published
  /// Signing.
  case active
  /// Not signing any more; its tokens still verify.
  case retired
  /// Out of the JWK Set; its tokens are refused.
  case removed
}
