public import Diagnostics

/// What will happen to the keys, if nobody does anything but upkeep.
public struct KeyPlanEntry: Equatable, Sendable {
  /// When.
  public let time: UnixTime
  /// The key, or nil for one that is yet to be made.
  public let keyID: String?
  /// Its algorithm.
  public let algorithm: String
  /// The state that it enters.
  public let state: KeyState
}

extension KeyRing {
  /// The changes to come, the next first.
  public func plan() -> [KeyPlanEntry] {
    let now = clock.now()
    let snapshot = snapshot
    let entries =
      Self.changes(snapshot.keys, snapshot.lifetimes, signing, after: now)
      + Self.changes(snapshot.encryptionKeys, snapshot.encryptionLifetimes, encryption, after: now)
    // Where one key begins, the other ends.
    let order = [KeyState.published, .active, .retired, .removed]
    return entries.sorted { left, right in
      left.time == right.time
        ? (order.firstIndex(of: left.state) ?? 0) < (order.firstIndex(of: right.state) ?? 0)
        : left.time < right.time
    }
  }

  private static func changes<Key: RingKey>(
    _ keys: [Key], _ lifetimes: KeyLifetimes<Key>, _ shelf: KeyShelf<Key>, after now: UnixTime
  ) -> [KeyPlanEntry] {
    var entries: [KeyPlanEntry] = []
    func add(_ time: UnixTime?, _ key: Key?, _ algorithm: Key.Algorithm, _ state: KeyState) {
      guard let time, time > now else { return }
      entries.append(
        KeyPlanEntry(time: time, keyID: key?.id, algorithm: algorithm.rawValue, state: state))
    }
    for key in keys {
      add(key.turn.activates, key, key.turn.algorithm, .active)
      add(lifetimes.retires(key), key, key.turn.algorithm, .retired)
      add(lifetimes.removes(key), key, key.turn.algorithm, .removed)
    }
    guard let rotation = shelf.policy.rotation else { return entries }
    for algorithm in shelf.algorithms {
      guard let newest = keys.last(where: { $0.turn.algorithm == algorithm }) else { continue }
      let next = newest.turn.activates + rotation
      add(next - shelf.policy.publishAhead, nil, algorithm, .published)
      add(next, nil, algorithm, .active)
      add(next, newest, algorithm, .retired)
    }
    return entries
  }
}
