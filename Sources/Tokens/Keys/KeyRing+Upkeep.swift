internal import Diagnostics
public import JOSE
internal import Ports

extension KeyRing {
  /// Reads the ring again and does what is due: makes missing keys, publishes successors, removes
  /// what has ended, seals anew what an older master key sealed.
  ///
  /// Blocks on storage. To be called every `policy.refresh`, and safe at any time in any number of
  /// processes: each step is put-if-absent or bound to a version, and who loses reads again.
  public func maintain() throws(KeyRingError) {
    try exclusively { () throws(KeyRingError) in
      var stored = try load()
      let now = clock.now()
      var changed = try renew(stored)
      changed = try removeEnded(stored, at: now) || changed
      for algorithm in policy.algorithms where isDue(algorithm, stored, at: now) {
        try publishNext(algorithm, after: stored)
        changed = true
      }
      if changed { stored = try load() }
      try replace(with: stored.map(\.key), at: now)
    }
  }

  /// Publishes the next key of an algorithm now, whatever the schedule says.
  ///
  /// It signs when every cached JWK Set must have expired. If one is waiting already, that one is
  /// returned and nothing else happens. Blocks on storage.
  @discardableResult
  public func rotate(_ algorithm: JWSAlgorithm) throws(KeyRingError) -> SigningKey {
    try exclusively { () throws(KeyRingError) in
      let stored = try load()
      if let waiting = Self.waiting(algorithm, stored, at: clock.now()) { return waiting }
      try publishNext(algorithm, after: stored)
      let after = try load()
      try replace(with: after.map(\.key), at: clock.now())
      guard let made = after.last(where: { $0.key.algorithm == algorithm })?.key else {
        throw .noSigningKey(algorithm)
      }
      return made
    }
  }

  /// Takes a key out of the ring at once: one that waits never signs, and the tokens of one that
  /// has signed are refused from now on.
  ///
  /// Throws `noSuccessor` for the key that signs now, and for one about to sign, which another
  /// process may do before it hears of this. Blocks on storage.
  public func retire(_ keyID: String) throws(KeyRingError) {
    try exclusively { () throws(KeyRingError) in
      let stored = try load()
      let now = clock.now()
      guard let entry = stored.first(where: { $0.key.id == keyID }) else {
        throw .unknownKey(keyID)
      }
      let soon = now + Lifetime(milliseconds: 2 * policy.refresh.milliseconds)
      let lifetimes = KeyLifetimes(stored.map(\.key), longestToken: policy.longestToken)
      guard lifetimes.state(of: entry.key, at: now) != .active,
        lifetimes.state(of: entry.key, at: soon) != .active
      else { throw .noSuccessor(keyID) }
      try apply([Change(entry.key.recordKey, .delete, expecting: .exact(entry.version))])
      try replace(with: try load().map(\.key), at: now)
    }
  }

  /// Whether the next key of an algorithm should be published: there is none, or the one that
  /// signs comes near its end and none waits.
  private func isDue(_ algorithm: JWSAlgorithm, _ stored: [StoredKey], at now: UnixTime) -> Bool {
    let newest = stored.last { $0.key.algorithm == algorithm }?.key
    guard let newest else { return true }
    guard let rotation = policy.rotation else { return false }
    return now + policy.publishAhead >= newest.activates + rotation
  }

  private static func waiting(
    _ algorithm: JWSAlgorithm, _ stored: [StoredKey], at now: UnixTime
  ) -> SigningKey? {
    stored.map(\.key).last { $0.algorithm == algorithm && $0.activates > now }
  }

  /// Makes the next key and stores it, unless another process was quicker: then theirs counts.
  private func publishNext(
    _ algorithm: JWSAlgorithm, after stored: [StoredKey]
  ) throws(KeyRingError) {
    let newest = stored.last { $0.key.algorithm == algorithm }?.key
    // Nothing can sign meanwhile and no verifier has asked for it: the first key signs at once.
    let delay = newest == nil ? Lifetime(milliseconds: 0) : policy.publishAhead
    let key = try SigningKey.generate(
      algorithm, sequence: (newest?.sequence ?? 0) + 1, activatingAfter: delay, clock: clock)
    try apply([
      Change(
        key.recordKey, .put(value: try key.recordValue(sealer), expiry: nil, indexes: []),
        expecting: .absent)
    ])
  }

  private func removeEnded(_ stored: [StoredKey], at now: UnixTime) throws(KeyRingError) -> Bool {
    let lifetimes = KeyLifetimes(stored.map(\.key), longestToken: policy.longestToken)
    let ended = stored.filter { lifetimes.state(of: $0.key, at: now) == .removed }
    for entry in ended {
      try apply([Change(entry.key.recordKey, .delete, expecting: .exact(entry.version))])
    }
    return !ended.isEmpty
  }

  private func renew(_ stored: [StoredKey]) throws(KeyRingError) -> Bool {
    let stale = stored.filter(\.isStale)
    for entry in stale {
      try apply([
        Change(
          entry.key.recordKey,
          .put(value: try entry.key.recordValue(sealer), expiry: nil, indexes: []),
          expecting: .exact(entry.version))
      ])
    }
    return !stale.isEmpty
  }
}
