internal import Diagnostics

/// When keys retire and are removed, which depends on those that follow them.
struct KeyLifetimes<Key: RingKey> {
  private let keys: [Key]
  private let longestToken: Lifetime

  /// Lifetimes of keys in the order of their sequence.
  init(_ keys: [Key], longestToken: Lifetime) {
    self.keys = keys
    self.longestToken = longestToken
  }

  /// When a key is used no more: as the next begins.
  func retires(_ key: Key) -> UnixTime? {
    keys.first {
      $0.turn.algorithm == key.turn.algorithm && $0.turn.sequence > key.turn.sequence
    }?.turn.activates
  }

  /// When its last token has certainly ended.
  func removes(_ key: Key) -> UnixTime? {
    retires(key).map { $0 + longestToken + KeyPolicy.removalMargin }
  }

  /// Where a key is in its life.
  func state(of key: Key, at now: UnixTime) -> KeyState {
    if let removes = removes(key), now >= removes { return .removed }
    if let retires = retires(key), now >= retires { return .retired }
    return now < key.turn.activates ? .published : .active
  }

  /// The keys that are not removed.
  func present(at now: UnixTime) -> [Key] { keys.filter { state(of: $0, at: now) != .removed } }
}
