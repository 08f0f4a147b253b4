internal import Diagnostics

/// When keys retire and are removed, which depends on those that follow them.
struct KeyLifetimes {
  private let keys: [SigningKey]
  private let longestToken: Lifetime

  /// Lifetimes of keys in the order of their sequence.
  init(_ keys: [SigningKey], longestToken: Lifetime) {
    self.keys = keys
    self.longestToken = longestToken
  }

  /// When a key stops signing: as the next begins.
  func retires(_ key: SigningKey) -> UnixTime? {
    keys.first { $0.algorithm == key.algorithm && $0.sequence > key.sequence }?.activates
  }

  /// When its last token has certainly ended.
  func removes(_ key: SigningKey) -> UnixTime? {
    retires(key).map { $0 + longestToken + KeyPolicy.removalMargin }
  }

  /// Where a key is in its life.
  func state(of key: SigningKey, at now: UnixTime) -> SigningKeyState {
    if let removes = removes(key), now >= removes { return .removed }
    if let retires = retires(key), now >= retires { return .retired }
    return now < key.activates ? .published : .active
  }
}
