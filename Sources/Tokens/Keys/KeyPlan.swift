public import Diagnostics
public import JOSE

/// What will happen to the keys, if nobody does anything but upkeep.
public struct KeyPlanEntry: Equatable, Sendable {
  /// When.
  public let time: UnixTime
  /// The key, or nil for one that is yet to be made.
  public let keyID: String?
  /// Its algorithm.
  public let algorithm: JWSAlgorithm
  /// The state that it enters.
  public let state: SigningKeyState
}

extension KeyRing {
  /// The changes to come, the next first.
  public func plan() -> [KeyPlanEntry] {
    let now = clock.now()
    let snapshot = snapshot
    let lifetimes = snapshot.lifetimes
    var entries: [KeyPlanEntry] = []
    func add(
      _ time: UnixTime?, _ key: SigningKey?, _ algorithm: JWSAlgorithm, _ state: SigningKeyState
    ) {
      guard let time, time > now else { return }
      entries.append(KeyPlanEntry(time: time, keyID: key?.id, algorithm: algorithm, state: state))
    }
    for key in snapshot.keys {
      add(key.activates, key, key.algorithm, .active)
      add(lifetimes.retires(key), key, key.algorithm, .retired)
      add(lifetimes.removes(key), key, key.algorithm, .removed)
    }
    if let rotation = policy.rotation {
      for algorithm in policy.algorithms {
        guard let newest = snapshot.keys.last(where: { $0.algorithm == algorithm }) else {
          continue
        }
        let next = newest.activates + rotation
        add(next - policy.publishAhead, nil, algorithm, .published)
        add(next, nil, algorithm, .active)
        add(next, newest, algorithm, .retired)
      }
    }
    // Where one key begins, the other ends.
    let order = [SigningKeyState.published, .active, .retired, .removed]
    return entries.sorted { left, right in
      left.time == right.time
        ? (order.firstIndex(of: left.state) ?? 0) < (order.firstIndex(of: right.state) ?? 0)
        : left.time < right.time
    }
  }
}
