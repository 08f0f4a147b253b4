public import Diagnostics
public import JOSE

/// The signing keys as they stood when the ring was last read: immutable, shared by all threads.
///
/// States follow from the times of the keys and the time asked for, so a key begins to sign and
/// ends without anybody doing anything.
public struct KeyRingSnapshot: Sendable {
  /// The keys that are not removed, by algorithm and age.
  public let keys: [SigningKey]
  /// Counts up with every snapshot that differs from the one before.
  public let generation: UInt64
  /// The JWK Set.
  public let document: KeySetDocument
  private let longestToken: Lifetime

  init(
    keys: [SigningKey], generation: UInt64, policy: KeyPolicy, at now: UnixTime
  ) throws(KeyRingError) {
    longestToken = policy.longestToken
    let lifetimes = KeyLifetimes(keys, longestToken: policy.longestToken)
    self.keys = keys.filter { lifetimes.state(of: $0, at: now) != .removed }
    self.generation = generation
    document = try KeySetDocument(self.keys.map(\.jwk), maxAge: policy.documentLifetime)
  }

  /// Where a key is in its life.
  public func state(of key: SigningKey, at now: UnixTime) -> SigningKeyState {
    lifetimes.state(of: key, at: now)
  }

  /// The times of the keys' lives.
  var lifetimes: KeyLifetimes { KeyLifetimes(keys, longestToken: longestToken) }

  /// The key that signs with an algorithm now; throws `noSigningKey` if there is none.
  public func signingKey(
    _ algorithm: JWSAlgorithm, at now: UnixTime
  ) throws(KeyRingError) -> SigningKey {
    // The newest that has begun, since its beginning retired those before it.
    let key = keys.last { $0.algorithm == algorithm && $0.activates <= now }
    guard let key else { throw .noSigningKey(algorithm) }
    return key
  }
}
