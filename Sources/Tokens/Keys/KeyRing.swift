internal import Cryptography
public import Diagnostics
public import JOSE
public import Ports
internal import Synchronization

/// The keys of the process that sign and encrypt tokens: made, published, used, retired and removed
/// by policy.
///
/// They lie sealed in storage and are shared by every process on it. Reading the current snapshot
/// is safe from any thread and quick; whatever touches storage blocks and belongs on the waiting
/// pool.
public final class KeyRing: Sendable {
  let signing: KeyShelf<SigningKey>
  let encryption: KeyShelf<EncryptionKey>
  let policy: KeyPolicy
  let clock: Clock
  let refresher = KeyRefresher()
  private let state: Mutex<State>
  private let generation: Atomic<UInt64>
  /// Held while storage is read and the snapshot replaced, so that no older reading wins.
  private let upkeep = Mutex<Void>(())

  private struct State: Sendable {
    var snapshot: KeyRingSnapshot
    var refreshed: UnixTime
    /// What the last upkeep failed of.
    var lastFault: KeyRingError?
  }

  /// Opens the ring: reads the stored keys and makes those that are missing.
  ///
  /// Throws `cannotOpen` if a stored key opens under no master key. New keys are never made in
  /// place of those: tokens in use would lose their keys.
  public init(
    store: any RecordStore, masterKeys: MasterKeys, policy: KeyPolicy, clock: Clock = .system
  ) throws(KeyRingError) {
    self.policy = policy
    self.clock = clock
    signing = KeyShelf(
      of: policy.algorithms, store: store, sealer: try masterKeys.sealer(for: "signing keys"),
      policy: policy, clock: clock)
    encryption = KeyShelf(
      of: [.a256kw], store: store, sealer: try masterKeys.sealer(for: "encryption keys"),
      policy: policy, clock: clock)
    let now = clock.now()
    let empty = try KeyRingSnapshot(
      keys: [], encryptionKeys: [], generation: 0, policy: policy, at: now)
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

  /// The key that encrypts now what no resource has a key for.
  public func encryptionKey() throws(KeyRingError) -> EncryptionKey {
    try snapshot.encryptionKey(at: clock.now())
  }

  /// Whether tokens can be made: nil, or what is wrong.
  ///
  /// A record that does not open is a fault at once. A ring that has not been read for longer than
  /// the policy allows may miss a key that other processes sign with already.
  public var fault: KeyRingError? {
    let now = clock.now()
    let (snapshot, refreshed, last) = state.withLock {
      ($0.snapshot, $0.refreshed, $0.lastFault)
    }
    do throws(KeyRingError) {
      for algorithm in policy.algorithms { _ = try snapshot.signingKey(algorithm, at: now) }
      _ = try snapshot.encryptionKey(at: now)
    } catch {
      return error
    }
    if let last, !last.isOfStorage { return last }
    let limit = Lifetime(milliseconds: 10 * policy.refresh.milliseconds)
    return now < refreshed + limit ? nil : last ?? .outOfDate
  }

  /// Keeps what upkeep came to.
  func note(_ fault: KeyRingError?) { state.withLock { $0.lastFault = fault } }

  /// Runs what ends in a new reading, one at a time.
  func exclusively<Result>(
    _ body: () throws(KeyRingError) -> Result
  ) throws(KeyRingError) -> Result {
    try upkeep.withLock { (_) throws(KeyRingError) in try body() }
  }

  /// Replaces the snapshot if the keys are others than before; only within `exclusively`.
  ///
  /// Keys of a use that was not read stay as they were, and so does the time of the last reading.
  func replace(
    signing: [SigningKey]? = nil, encryption: [EncryptionKey]? = nil
  ) throws(KeyRingError) {
    let old = snapshot
    let now = clock.now()
    let next = try KeyRingSnapshot(
      keys: signing ?? old.keys, encryptionKeys: encryption ?? old.encryptionKeys,
      generation: old.generation + 1, policy: policy, at: now)
    let same = old.generation > 0 && next.keyIDs == old.keyIDs
    let isWhole = signing != nil && encryption != nil
    state.withLock { state in
      if isWhole { state.refreshed = now }
      if !same { state.snapshot = next }
    }
    if !same { generation.store(next.generation, ordering: .releasing) }
  }
}
