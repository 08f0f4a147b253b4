public import Cryptography
public import Diagnostics

/// A client secret as it is kept: a keyed hash, never the secret.
public struct ClientSecret: Sendable {
  /// HMAC-SHA256 of the secret under the key that `ClientSecretHasher` holds.
  public let hash: Digest256
  /// When it was made.
  public let created: UnixTime
  /// When it ends; nil for never.
  public let expiry: UnixTime?

  /// A kept secret.
  public init(hash: Digest256, created: UnixTime, expiry: UnixTime?) {
    self.hash = hash
    self.created = created
    self.expiry = expiry
  }

  /// Whether it is good at a time.
  public func isLive(at time: UnixTime) -> Bool { expiry.map { time < $0 } ?? true }

  /// The same secret, ending no later than a time: the overlap of a rotation.
  public func ending(by time: UnixTime) -> ClientSecret {
    ClientSecret(hash: hash, created: created, expiry: expiry.map { min($0, time) } ?? time)
  }
}

/// Hashes client secrets under a key derived from the master key.
///
/// People choose secrets, so a plain hash could be tried offline by whoever steals the database. The
/// first master key is for new hashes; those made under the others are still recognised, so that a
/// master key is replaced by putting a new one before it.
public struct ClientSecretHasher: Sendable {
  private let key: Secret<[UInt8]>
  private let olderKeys: [Secret<[UInt8]>]

  /// A hasher whose keys come from master keys by HKDF with a label of its own.
  public init(
    master: Secret<[UInt8]>, older: [Secret<[UInt8]>] = []
  ) throws(CryptographyError) {
    key = try Self.key(from: master)
    var keys: [Secret<[UInt8]>] = []
    for master in older { keys.append(try Self.key(from: master)) }
    olderKeys = keys
  }

  /// The form in which a secret is kept from now on.
  public func hash(_ secret: Secret<[UInt8]>) -> Digest256 {
    HMACSHA256.tag(secret.reveal(), key: key.reveal())
  }

  /// Every form in which a secret may have been kept, the form of today first.
  public func hashes(_ secret: Secret<[UInt8]>) -> [Digest256] {
    [hash(secret)] + olderKeys.map { HMACSHA256.tag(secret.reveal(), key: $0.reveal()) }
  }

  private static func key(
    from master: Secret<[UInt8]>
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    try HKDF.derive(
      from: master, info: Array("sallyport client secret v1".utf8), length: Digest256.length)
  }
}
