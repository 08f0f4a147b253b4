public import Diagnostics
public import JOSE

/// When signing keys come and go, timed from the cache lifetime that the JWK Set publishes.
public struct KeyPolicy: Sendable {
  /// The algorithms of which there is always a key.
  public let algorithms: [JWSAlgorithm]
  /// How long a key signs before the next takes over; nil for until somebody rotates.
  public let rotation: Lifetime?
  /// For how long a verifier may keep the JWK Set: its `max-age`.
  public let documentLifetime: Lifetime
  /// At most how long after a change another process reads the ring again.
  public let refresh: Lifetime
  /// How long a new key is published before it signs.
  public let publishAhead: Lifetime
  /// The longest life of any token: so long a key stays published after it signed last.
  public let longestToken: Lifetime

  /// A policy; without `publishAhead`, the shortest that is safe.
  ///
  /// A key must not sign before every cached JWK Set without it has expired: one rendered just
  /// before another process heard of the key lives for `documentLifetime` from then on.
  public init(
    algorithms: [JWSAlgorithm], rotation: Lifetime?, documentLifetime: Lifetime,
    refresh: Lifetime, publishAhead: Lifetime? = nil, longestToken: Lifetime
  ) throws(KeyRingError) {
    guard !algorithms.isEmpty, Set(algorithms).count == algorithms.count else {
      throw .policy("keys.signing must name each algorithm once, and at least one")
    }
    // Whoever verifies an HMAC can make it too.
    guard algorithms.allSatisfy(JWSAlgorithm.asymmetric.contains) else {
      throw .policy("keys.signing must name algorithms of signatures, not of shared secrets")
    }
    let documentLifetime = Lifetime.seconds(documentLifetime.seconds)
    guard documentLifetime.milliseconds > 0, refresh.milliseconds > 0 else {
      throw .policy("the key set's lifetime and the refresh interval must be positive")
    }
    let safe = Lifetime(milliseconds: documentLifetime.milliseconds + 2 * refresh.milliseconds)
    let ahead = publishAhead ?? safe
    guard ahead >= safe else {
      throw .policy(
        "a key must be published for at least \(safe.milliseconds) ms before it signs, "
          + "not \(ahead.milliseconds)")
    }
    if let rotation, rotation <= ahead {
      throw .policy("keys must sign for longer than they are published ahead")
    }
    self.algorithms = algorithms
    self.rotation = rotation
    self.documentLifetime = documentLifetime
    self.refresh = refresh
    self.publishAhead = ahead
    self.longestToken = longestToken
  }

  /// How much longer than its last token a key stays, for clocks that differ.
  static let removalMargin = Lifetime.minutes(1)
}
