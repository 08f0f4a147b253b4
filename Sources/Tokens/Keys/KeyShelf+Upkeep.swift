internal import Diagnostics
internal import Ports

/// What is done to the keys on a shelf: each step is put-if-absent or bound to a version, and who
/// loses a race reads again.
extension KeyShelf {
  /// Does what is due: makes missing keys, publishes successors, removes what has ended, seals anew
  /// what an older master key sealed; the keys that are there then.
  func maintain() throws(KeyRingError) -> [Key] {
    var stored = try load()
    let now = clock.now()
    var changed = try renew(stored)
    changed = try removeEnded(stored, at: now) || changed
    for algorithm in algorithms where isDue(algorithm, stored, at: now) {
      try publishNext(algorithm, after: stored)
      changed = true
    }
    if changed { stored = try load() }
    return stored.map(\.key)
  }

  /// Publishes the next key of an algorithm now, unless one waits already; it, and all keys.
  func rotate(_ algorithm: Key.Algorithm) throws(KeyRingError) -> (next: Key?, keys: [Key]) {
    let before = try load(renewing: algorithm)
    let waiting = before.map(\.key).last {
      $0.turn.algorithm == algorithm && $0.turn.activates > clock.now()
    }
    if let waiting { return (waiting, before.map(\.key)) }
    try publishNext(algorithm, after: before)
    let keys = try load().map(\.key)
    return (keys.last { $0.turn.algorithm == algorithm }, keys)
  }

  /// Takes a key away; the keys that are left, or nil if there is none of the name.
  ///
  /// Throws `noSuccessor` for the key in use, and for one about to be, which another process may
  /// use before it hears of this.
  func retire(_ keyID: String) throws(KeyRingError) -> [Key]? {
    let stored = try load()
    guard let entry = stored.first(where: { $0.key.id == keyID }) else { return nil }
    let now = clock.now()
    let soon = now + Lifetime(milliseconds: 2 * policy.refresh.milliseconds)
    let lifetimes = KeyLifetimes(stored.map(\.key), longestToken: policy.longestToken)
    guard lifetimes.state(of: entry.key, at: now) != .active,
      lifetimes.state(of: entry.key, at: soon) != .active
    else { throw .noSuccessor(keyID) }
    try apply([Change(entry.key.recordKey, .delete, expecting: .exact(entry.version))])
    return try load().map(\.key)
  }

  /// Whether the next key of an algorithm should be published: there is none, or the one in use
  /// comes near its end and none waits.
  private func isDue(_ algorithm: Key.Algorithm, _ stored: [Stored], at now: UnixTime) -> Bool {
    let newest = stored.last { $0.key.turn.algorithm == algorithm }?.key
    guard let newest else { return true }
    guard let rotation = policy.rotation else { return false }
    return now + policy.publishAhead >= newest.turn.activates + rotation
  }

  /// Makes the next key and stores it, unless another process was quicker: then theirs counts.
  private func publishNext(
    _ algorithm: Key.Algorithm, after stored: [Stored]
  ) throws(KeyRingError) {
    let newest = stored.last { $0.key.turn.algorithm == algorithm }?.key
    // Nothing can be issued meanwhile and nobody has asked for it: the first key begins at once.
    let delay = newest == nil ? Lifetime(milliseconds: 0) : policy.publishAhead
    let key = try Key.generate(
      algorithm, sequence: (newest?.turn.sequence ?? 0) + 1, activatingAfter: delay, clock: clock)
    try apply([
      Change(
        key.recordKey, .put(value: try key.recordValue(sealer), expiry: nil, indexes: []),
        expecting: .absent)
    ])
  }

  private func removeEnded(_ stored: [Stored], at now: UnixTime) throws(KeyRingError) -> Bool {
    let lifetimes = KeyLifetimes(stored.map(\.key), longestToken: policy.longestToken)
    let ended = stored.filter { lifetimes.state(of: $0.key, at: now) == .removed }
    for entry in ended {
      try apply([Change(entry.key.recordKey, .delete, expecting: .exact(entry.version))])
    }
    return !ended.isEmpty
  }

  private func renew(_ stored: [Stored]) throws(KeyRingError) -> Bool {
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
