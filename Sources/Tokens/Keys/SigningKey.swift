internal import Cryptography
public import Diagnostics
public import JOSE
internal import Ports

/// One signing key of ours, and the times at which its state changes.
public final class SigningKey: RingKey {
  /// The kind of their records.
  static let kind = RecordKind("signing_key")

  /// The `kid`: the thumbprint of the public half (RFC 7638).
  public let id: String
  let turn: KeyTurn<JWSAlgorithm>
  /// The public half, as the JWK Set lists it.
  public let jwk: JWK
  let privateKey: PrivateJWK
  /// Signs access tokens (RFC 9068 2.1: `typ` is `at+jwt`).
  let accessTokens: JWSSigner
  /// Signs what we say of tokens (RFC 9701).
  let introspections: JWSSigner

  /// The one algorithm that it signs with.
  public var algorithm: JWSAlgorithm { turn.algorithm }
  /// Its place among the keys of its algorithm, from 1.
  public var sequence: Int64 { turn.sequence }
  /// When it was first published.
  public var published: UnixTime { turn.published }
  /// From when on it may sign.
  public var activates: UnixTime { turn.activates }

  init(_ secret: Secret<[UInt8]>, _ turn: KeyTurn<JWSAlgorithm>) throws(KeyRingError) {
    let key: PrivateKey
    do {
      key = try PrivateKey(pkcs8: secret)
    } catch {
      throw .cryptography(error)
    }
    do throws(JOSEError) {
      id = try PrivateJWK(key).publicHalf.thumbprint
      privateKey = try PrivateJWK(key, keyID: id, algorithm: turn.algorithm)
      accessTokens = try JWSSigner(privateKey, turn.algorithm, type: AccessTokenClaims.type)
      introspections = try JWSSigner(
        privateKey, turn.algorithm, type: IntrospectionSigner.type)
    } catch {
      throw .key(error)
    }
    jwk = privateKey.publicHalf
    self.turn = turn
  }

  func secret() throws(KeyRingError) -> Secret<[UInt8]> {
    do {
      return try privateKey.key.pkcs8()
    } catch {
      throw .cryptography(error)
    }
  }

  static func newSecret(_ algorithm: JWSAlgorithm) throws(KeyRingError) -> Secret<[UInt8]> {
    guard let type = algorithm.generatedKeyType else {
      throw .key(.algorithm(algorithm.rawValue))
    }
    do {
      return try PrivateKey.generate(type).pkcs8()
    } catch {
      throw .cryptography(error)
    }
  }
}
