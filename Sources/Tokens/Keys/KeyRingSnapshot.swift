public import Diagnostics
public import JOSE

/// The keys as they stood when the ring was last read: immutable, shared by all threads.
///
/// States follow from the times of the keys and the time asked for, so a key begins and ends without
/// anybody doing anything.
public struct KeyRingSnapshot: Sendable {
  /// The signing keys that are not removed, by algorithm and age.
  public let keys: [SigningKey]
  /// The encryption keys that are not removed, by algorithm and age.
  public let encryptionKeys: [EncryptionKey]
  /// Counts up with every snapshot that differs from the one before.
  public let generation: UInt64
  /// The JWK Set: the public halves of the signing keys.
  public let document: KeySetDocument
  private let longestToken: Lifetime

  init(
    keys: [SigningKey], encryptionKeys: [EncryptionKey], generation: UInt64, policy: KeyPolicy,
    at now: UnixTime
  ) throws(KeyRingError) {
    longestToken = policy.longestToken
    self.keys = KeyLifetimes(keys, longestToken: longestToken).present(at: now)
    self.encryptionKeys = KeyLifetimes(encryptionKeys, longestToken: longestToken).present(at: now)
    self.generation = generation
    document = try KeySetDocument(self.keys.map(\.jwk), maxAge: policy.documentLifetime)
  }

  /// Where a signing key is in its life.
  public func state(of key: SigningKey, at now: UnixTime) -> KeyState {
    lifetimes.state(of: key, at: now)
  }

  /// Where an encryption key is in its life.
  public func state(of key: EncryptionKey, at now: UnixTime) -> KeyState {
    encryptionLifetimes.state(of: key, at: now)
  }

  /// The times of the signing keys' lives.
  var lifetimes: KeyLifetimes<SigningKey> { KeyLifetimes(keys, longestToken: longestToken) }

  /// The times of the encryption keys' lives.
  var encryptionLifetimes: KeyLifetimes<EncryptionKey> {
    KeyLifetimes(encryptionKeys, longestToken: longestToken)
  }

  /// The names of all keys: as long as they are the same, so is what is accepted.
  var keyIDs: [String] { keys.map(\.id) + encryptionKeys.map(\.id) }

  /// The key that signs with an algorithm now; throws `noSigningKey` if there is none.
  public func signingKey(
    _ algorithm: JWSAlgorithm, at now: UnixTime
  ) throws(KeyRingError) -> SigningKey {
    // The newest that has begun, since its beginning retired those before it.
    let key = keys.last { $0.algorithm == algorithm && $0.activates <= now }
    guard let key else { throw .noSigningKey(algorithm) }
    return key
  }

  /// The key that encrypts now; throws `noEncryptionKey` if there is none.
  public func encryptionKey(at now: UnixTime) throws(KeyRingError) -> EncryptionKey {
    guard let key = encryptionKeys.last(where: { $0.activates <= now }) else {
      throw .noEncryptionKey
    }
    return key
  }
}
