public import Diagnostics
internal import OAuth
public import Ports
internal import Synchronization

/// What is revoked: durable in storage, in memory for every loop, followed across processes.
///
/// Asking is quick and safe from any thread. Recording never blocks: it returns at once and calls
/// back when the entry is stored and every loop of this process goes by it. What reads storage
/// (`init`, `poll`, and what `background` runs) blocks.
public final class Revocations: Sendable {
  /// Runs work where waiting is allowed; false when there is no room.
  public typealias Background = @Sendable (@escaping @Sendable () -> Void) -> Bool

  let store: any RecordStore
  let clock: Clock
  let background: Background
  /// How long an entry must stand that names no end of its own.
  let longestToken: Lifetime
  let queue = Mutex(Queue())
  /// Where this process has read the feed to; held while storage is read or written for it.
  let position = Mutex(FeedPosition())
  private let table = Mutex(RevocationTable())
  private let generation = Atomic<UInt64>(0)
  /// When the feed was last read to its end, in milliseconds of the clock.
  private let lastRead: Atomic<Int64>

  /// How often the feed is to be read.
  public static let pollInterval = Lifetime(milliseconds: 250)
  /// For how long after a reading a cached answer of storage is still believed.
  public static let freshness = Lifetime.seconds(1)
  /// A feed that was not read for longer than this is a fault.
  public static let silence = Lifetime.seconds(5)
  /// Tokens live for one day at most; clocks may differ by less than the rest.
  public static let longestToken = Lifetime.minutes(24 * 60 + 5)

  /// Reads all entries of a store, before anything is judged by them.
  public init(
    store: any RecordStore, clock: Clock = .system,
    longestToken: Lifetime = Revocations.longestToken, background: @escaping Background
  ) throws(StorageError) {
    self.store = store
    self.clock = clock
    self.background = background
    self.longestToken = longestToken
    lastRead = Atomic(clock.now().milliseconds)
    try loadAll()
  }

  /// Changes whenever an entry is added: who saw the same value before need not ask again.
  ///
  /// 0 as long as there has been no entry.
  public var currentGeneration: UInt64 { generation.load(ordering: .acquiring) }

  /// The entry by which a token of ours is revoked, or nil.
  public func entry(revoking token: VerifiedToken) -> Revocation? {
    guard currentGeneration != 0, token.isOwn else { return nil }
    return table.withLock { $0.entry(revoking: token) }
  }

  /// The time that a token issued now must name as `iat`, so that no entry revokes it.
  ///
  /// It is now, or the start of the next second if all of a client or subject was revoked in this.
  func issueTime(_ client: ClientID, _ subject: Subject, at now: UnixTime) -> UnixTime {
    guard currentGeneration != 0 else { return now }
    return table.withLock { table in
      let entries = [table[.client, client.text], table[.subject, subject.text]]
      return entries.compactMap { $0?.issuedBefore }.reduce(now, max)
    }
  }

  /// Whether the feed was read so lately that what storage said before still holds.
  public func isFresh(at now: UnixTime) -> Bool { !isSilent(for: Self.freshness, at: now) }

  /// Nil, or why what other processes revoke may not be known here.
  public var fault: String? {
    guard isSilent(for: Self.silence, at: clock.now()) else { return nil }
    return "the revocations of other processes could not be read for too long"
  }

  /// How many entries are in memory.
  public var count: Int { table.withLock { $0.count } }

  private func isSilent(for span: Lifetime, at now: UnixTime) -> Bool {
    UnixTime(milliseconds: lastRead.load(ordering: .relaxed)) + span < now
  }

  /// The feed was read to its end at a time.
  func wasRead(at time: UnixTime) { lastRead.store(time.milliseconds, ordering: .relaxed) }

  /// The entry to store now: one that is in force already goes on.
  func settled(_ entry: Revocation) -> Revocation {
    let now = clock.now()
    return table.withLock { $0.settled(entry, at: now) }
  }

  /// Puts entries in force on every loop.
  func enforce(_ entries: [Revocation]) {
    guard !entries.isEmpty else { return }
    table.withLock { table in
      for entry in entries { table.insert(entry) }
      generation.add(1, ordering: .releasing)
    }
  }

  /// Drops what can hit no token any more, in small steps.
  func forgetEnded(at now: UnixTime) {
    while !table.withLock({ $0.removeEnded(at: now, limit: Self.step) }) {}
  }

  private static let step = 1000
}
