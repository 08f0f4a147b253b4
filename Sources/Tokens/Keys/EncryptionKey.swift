internal import Cryptography
public import Diagnostics
public import JOSE
internal import Ports

/// One key of ours that encrypts access tokens for ourselves: symmetric, and never published.
///
/// A token that is encrypted to no key of its resource's is for us alone to open: our proxy and
/// our introspection.
public final class EncryptionKey: RingKey {
  /// The kind of their records.
  static let kind = RecordKind("encryption_key")

  /// The `kid`: 128 bits derived from the key, which they do not give away.
  public let id: String
  let turn: KeyTurn<OwnEncryption>
  private let bytes: Secret<[UInt8]>
  /// Encrypts access tokens, which are nested JWT.
  let accessTokens: JWEEncrypter
  /// Opens them again.
  let decrypter: JWEDecrypter

  /// How it encrypts.
  public var algorithm: OwnEncryption { turn.algorithm }
  /// When other processes could first know it.
  public var published: UnixTime { turn.published }
  /// From when on it may encrypt.
  public var activates: UnixTime { turn.activates }

  init(_ secret: Secret<[UInt8]>, _ turn: KeyTurn<OwnEncryption>) throws(KeyRingError) {
    guard secret.reveal().count == OwnEncryption.keyLength else {
      throw .cryptography(.malformedKey)
    }
    do {
      let info = Array("sallyport encryption key id".utf8)
      id = Base64.url.encode(try HKDF.derive(from: secret, info: info, length: 16).reveal())
    } catch {
      throw .cryptography(error)
    }
    do throws(JWEError) {
      accessTokens = try JWEEncrypter(
        sharing: secret, turn.algorithm.keyManagement, OwnEncryption.content,
        header: .nestedToken(keyID: id))
      decrypter = try JWEDecrypter(
        sharing: secret, keyID: id, keyManagement: [turn.algorithm.keyManagement],
        contentEncryption: [OwnEncryption.content])
    } catch {
      throw .encryption(error)
    }
    bytes = secret
    self.turn = turn
  }

  func secret() -> Secret<[UInt8]> { bytes }

  static func newSecret(_ algorithm: OwnEncryption) -> Secret<[UInt8]> {
    Secret(Random.bytes(OwnEncryption.keyLength))
  }
}

/// How tokens are encrypted to a key of our own.
///
/// Each token has a random content key, wrapped by AES-KW. `dir` would be shorter, but would bind
/// one key to 2^32 tokens: more than that, and AES-GCM's random nonces may meet (NIST SP 800-38D
/// 8.3). AES-KW has no nonce.
public enum OwnEncryption: String, Sendable, CaseIterable {
  /// `alg` is A256KW, `enc` is A256GCM.
  case a256kw = "A256KW"

  /// The bytes of a key.
  static let keyLength = 32
  /// How the content is encrypted.
  static let content = JWEContentEncryption.a256GCM

  var keyManagement: JWEKeyManagement {
    switch self {
    case .a256kw: .a256KW
    }
  }

  /// Whether a header could be one of ours.
  static func isNamed(by header: JWEHeader) -> Bool {
    header.contentEncryption == content && header.keyID != nil
      && allCases.contains { $0.keyManagement == header.keyManagement }
  }
}

extension JWEHeaderFields {
  /// The header of a token that another is inside of (RFC 7519 5.2).
  public static func nestedToken(keyID: String?) -> JWEHeaderFields {
    JWEHeaderFields(keyID: keyID, contentType: "JWT")
  }
}
