internal import Diagnostics
internal import Ports
internal import Synchronization

/// The keys of one use as they lie in storage, read whole each time.
///
/// Every method blocks on storage, and is called by one thread at a time.
final class KeyShelf<Key: RingKey>: Sendable {
  let algorithms: [Key.Algorithm]
  let sealer: RecordSealer
  let policy: KeyPolicy
  let clock: Clock
  private let store: any RecordStore
  /// What storage held when it was last read, so that an unchanged key is not opened again.
  private let known = Mutex<[Stored]>([])

  /// A key as it lies in storage.
  struct Stored: Sendable {
    let key: Key
    let version: RecordVersion
    let isStale: Bool
  }

  /// A shelf on which there is always a key of each algorithm.
  init(
    of algorithms: [Key.Algorithm], store: any RecordStore, sealer: RecordSealer,
    policy: KeyPolicy, clock: Clock
  ) {
    self.algorithms = algorithms
    self.store = store
    self.sealer = sealer
    self.policy = policy
    self.clock = clock
  }

  /// Every stored key, by algorithm and sequence; throws if a single one does not open.
  ///
  /// Throws `vanished` if the keys of an algorithm were there and are not any more: no process takes
  /// the key in use away, and a new one would be made while the tokens of the lost one are about.
  /// `renewing` names the algorithm for which an operator wants just that.
  func load(renewing: Key.Algorithm? = nil) throws(KeyRingError) -> [Stored] {
    let known = known.withLock { $0 }
    var stored: [Stored] = []
    var cursor: RecordCursor?
    repeat {
      let page: RecordPage
      do {
        page = try store.scan(Key.kind, after: cursor, limit: 100, context)
      } catch {
        throw .storage(error)
      }
      for record in page.records { stored.append(try open(record, known)) }
      cursor = page.next
    } while cursor != nil
    stored.sort { left, right in
      (left.key.turn.algorithm.rawValue, left.key.turn.sequence)
        < (right.key.turn.algorithm.rawValue, right.key.turn.sequence)
    }
    for lost in known where !(lost.key.turn.algorithm == renewing) {
      let algorithm = lost.key.turn.algorithm
      guard algorithms.contains(algorithm) else { continue }
      let isThere = stored.contains { $0.key.turn.algorithm == algorithm }
      guard isThere else { throw .vanished(lost.key.id) }
    }
    self.known.withLock { $0 = stored }
    return stored
  }

  /// A version names one content for ever, so what was opened once need not be opened again.
  private func open(_ record: Record, _ known: [Stored]) throws(KeyRingError) -> Stored {
    let known = known.first { $0.version == record.version && $0.key.recordKey == record.key }
    if let known { return known }
    let (key, isStale) = try Key.opened(record, sealer)
    return Stored(key: key, version: record.version, isStale: isStale)
  }

  /// Applies changes; a conflict means that another process did the same first, which is as good.
  func apply(_ changes: [Change]) throws(KeyRingError) {
    do {
      _ = try store.applyAndWait(changes, context)
    } catch {
      if case .conflict = error { return }
      throw .storage(error)
    }
  }

  private var context: CallContext {
    let now = clock.now()
    return CallContext(request: nil, now: now, deadline: now + .seconds(10))
  }
}
