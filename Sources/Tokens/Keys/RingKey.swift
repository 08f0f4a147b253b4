internal import Diagnostics
internal import Ports

/// A key that the ring keeps: it has a secret to seal, a name, and its turn.
///
/// What differs between keys that sign and keys that encrypt is below this protocol; how they come
/// and go is the same for both, and written once.
protocol RingKey: Sendable {
  /// What names the algorithms of such keys.
  associatedtype Algorithm: RawRepresentable<String>, Hashable, Sendable

  /// The kind of their records.
  static var kind: RecordKind { get }
  /// The `kid`, derived from the key, so that a record cannot give it another.
  var id: String { get }
  /// When it is its turn.
  var turn: KeyTurn<Algorithm> { get }

  /// A key of a secret.
  init(_ secret: Secret<[UInt8]>, _ turn: KeyTurn<Algorithm>) throws(KeyRingError)
  /// What is sealed.
  func secret() throws(KeyRingError) -> Secret<[UInt8]>
  /// A new secret.
  static func newSecret(_ algorithm: Algorithm) throws(KeyRingError) -> Secret<[UInt8]>
}

/// The place of a key among those of its algorithm, and the times of its life.
struct KeyTurn<Algorithm: RawRepresentable<String> & Hashable & Sendable>: Sendable {
  /// The one algorithm that it is for.
  let algorithm: Algorithm
  /// Its place among the keys of its algorithm, from 1.
  let sequence: Int64
  /// When it was made known.
  let published: UnixTime
  /// From when on it is used.
  let activates: UnixTime
}

extension RingKey {
  /// A new key: made before the clock is read, since RSA takes its time.
  static func generate(
    _ algorithm: Algorithm, sequence: Int64, activatingAfter delay: Lifetime, clock: Clock
  ) throws(KeyRingError) -> Self {
    let secret = try newSecret(algorithm)
    let now = clock.now()
    return try Self(
      secret,
      KeyTurn(algorithm: algorithm, sequence: sequence, published: now, activates: now + delay))
  }
}

/// Where a key is in its life.
public enum KeyState: String, Sendable {
  /// Known to others, not yet used.
  case published
  /// In use.
  case active
  /// Not used for new tokens any more; its tokens are still accepted.
  case retired
  /// Gone; its tokens are refused.
  case removed
}
