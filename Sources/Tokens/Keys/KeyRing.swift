internal import Cryptography
public import Diagnostics
public import JOSE
public import Ports
internal import Synchronization

/// The signing keys of the process: made, published, activated, retired and removed by policy.
///
/// They lie sealed in storage and are shared by every process on it. Reading the current snapshot
/// is safe from any thread and quick; whatever touches storage blocks and belongs on the waiting
/// pool.
public final class KeyRing: Sendable {
  let store: any RecordStore
  let sealer: RecordSealer
  let policy: KeyPolicy
  let clock: Clock
  private let state: Mutex<State>
  private let generation: Atomic<UInt64>
  /// Held while storage is read and the snapshot replaced, so that no older reading wins.
  private let upkeep = Mutex<Void>(())

  private struct State: Sendable {
    var snapshot: KeyRingSnapshot
    var refreshed: UnixTime
    /// What storage held when it was last read.
    var stored: [StoredKey] = []
  }

  /// Opens the ring: reads the stored keys and makes those that are missing.
  ///
  /// Throws `cannotOpen` if a stored key opens under no master key. New keys are never made in
  /// place of those: tokens in use would lose their keys.
  public init(
    store: any RecordStore, masterKeys: MasterKeys, policy: KeyPolicy, clock: Clock = .system
  ) throws(KeyRingError) {
    self.store = store
    self.policy = policy
    self.clock = clock
    sealer = try masterKeys.sealer(for: "signing keys")
    let now = clock.now()
    let empty = try KeyRingSnapshot(keys: [], generation: 0, policy: policy, at: now)
    state = Mutex(State(snapshot: empty, refreshed: now))
    generation = Atomic(0)
    try maintain()
  }

  /// The keys as they stand.
  public var snapshot: KeyRingSnapshot { state.withLock { $0.snapshot } }

  /// The snapshot's generation, without a lock: whoever holds an older snapshot takes a new one.
  public var currentGeneration: UInt64 { generation.load(ordering: .acquiring) }

  /// The key that signs with an algorithm now.
  public func signingKey(_ algorithm: JWSAlgorithm) throws(KeyRingError) -> SigningKey {
    try snapshot.signingKey(algorithm, at: clock.now())
  }

  /// Whether tokens can be signed: nil, or what is wrong.
  ///
  /// A ring that has not been read for longer than the policy allows may miss a key that other
  /// processes sign with already.
  public var fault: String? {
    let now = clock.now()
    let (snapshot, refreshed) = state.withLock { ($0.snapshot, $0.refreshed) }
    do {
      for algorithm in policy.algorithms { _ = try snapshot.signingKey(algorithm, at: now) }
    } catch {
      return "\(error)"
    }
    let limit = Lifetime(milliseconds: 10 * policy.refresh.milliseconds)
    guard now < refreshed + limit else { return "the key ring could not be read for too long" }
    return nil
  }

  /// What storage held when it was last read, so that an unchanged key is not opened again.
  var lastStored: [StoredKey] { state.withLock { $0.stored } }

  /// Keeps what storage held; only within `exclusively`.
  func remember(_ stored: [StoredKey]) { state.withLock { $0.stored = stored } }

  /// Runs upkeep that ends in a new reading, one at a time.
  func exclusively<Result>(
    _ body: () throws(KeyRingError) -> Result
  ) throws(KeyRingError) -> Result {
    try upkeep.withLock { (_) throws(KeyRingError) in try body() }
  }

  /// Replaces the snapshot if the keys are others than before; only within `exclusively`.
  func replace(with keys: [SigningKey], at now: UnixTime) throws(KeyRingError) {
    let old = snapshot
    let next = try KeyRingSnapshot(
      keys: keys, generation: old.generation + 1, policy: policy, at: now)
    let same = old.generation > 0 && next.keys.map(\.id) == old.keys.map(\.id)
    state.withLock { state in
      state.refreshed = now
      if !same { state.snapshot = next }
    }
    if !same { generation.store(next.generation, ordering: .releasing) }
  }
}
