internal import Diagnostics
public import Ports
internal import Synchronization

extension Revocations {
  /// What comes of recording.
  public typealias Completion = @Sendable (Result<Void, StorageError>) -> Void

  /// Revocations that wait to be stored together.
  struct Queue: Sendable {
    var waiting: [Request] = []
    var isDraining = false
  }

  /// One caller's entries and what is to be stored with them, or not at all.
  struct Request: Sendable {
    let entries: [Revocation]
    let changes: [Change]
    let completion: Completion

    var keys: [RecordKey] { entries.map(\.recordKey) + changes.map(\.key) }
    var count: Int { entries.count + changes.count }
  }

  /// The most requests that may wait.
  public static let capacity = 4096
  /// The most changes of one commit; an `apply` takes 256.
  private static let batch = 200
  /// How often another process may be quicker until this one gives up.
  private static let attempts = 16

  /// Revokes targets, together with changes of the caller's in the same commit.
  ///
  /// When `completion` hears of success, the entries are durable and in force on every loop of this
  /// process: the next request goes by them. It runs on another thread. A change of the caller's
  /// that met another version than it expected is `.conflict`, and then nothing is revoked.
  public func revoke(
    _ targets: [RevocationTarget], with changes: [Change] = [], by origin: String,
    _ completion: @escaping Completion
  ) {
    let now = clock.now()
    let entries = targets.map {
      Revocation($0, at: now, longestToken: longestToken, by: origin)
    }
    let request = Request(entries: entries, changes: changes, completion: completion)
    guard !entries.isEmpty, request.count <= Self.batch else {
      completion(.failure(.invalid("a revocation has 1 to \(Self.batch) changes")))
      return
    }
    guard !datesTooFarAhead(entries, at: now) else {
      completion(.failure(.busy))
      return
    }
    let (accepted, isFirst) = queue.withLock { queue in
      guard queue.waiting.count < Self.capacity else { return (false, false) }
      queue.waiting.append(request)
      defer { queue.isDraining = true }
      return (true, !queue.isDraining)
    }
    guard accepted else {
      completion(.failure(.busy))
      return
    }
    if isFirst, !background({ self.drain() }) { giveUp() }
  }

  /// Revokes one token; the record of an opaque one goes in the same commit.
  public func revoke(
    _ token: VerifiedToken, by origin: String, _ completion: @escaping Completion
  ) {
    guard let id = token.id else {
      completion(.failure(.invalid("the token has no jti")))
      return
    }
    let record = token.record.map { [Change($0, .delete, expecting: .any)] } ?? []
    revoke([.token(id, until: token.expiry)], with: record, by: origin, completion)
  }

  /// How far ahead of the clock revocations may make the issuer date its tokens.
  ///
  /// Each of a client or subject in one second dates them a second further; other verifiers, and
  /// ours, refuse an `iat` too far ahead.
  private static let mostAhead = Lifetime.seconds(10)

  private func datesTooFarAhead(_ entries: [Revocation], at now: UnixTime) -> Bool {
    entries.contains { $0.goesOn && settled($0).issuedBefore > now + Self.mostAhead }
  }

  /// Stores what waits, batch by batch, until nothing does.
  private func drain() {
    while let batch = takeBatch() { commit(batch) }
  }

  /// The next requests that can share a commit: no two of them touch the same record.
  private func takeBatch() -> [Request]? {
    queue.withLock { queue in
      var batch: [Request] = []
      var touched: Set<RecordKey> = []
      var count = 0
      for request in queue.waiting {
        let keys = request.keys
        guard count + request.count <= Self.batch, touched.isDisjoint(with: keys) else { break }
        count += request.count
        touched.formUnion(keys)
        batch.append(request)
      }
      queue.waiting.removeFirst(batch.count)
      queue.isDraining = !batch.isEmpty
      return batch.isEmpty ? nil : batch
    }
  }

  private func giveUp() {
    let waiting = queue.withLock { queue in
      defer { queue = Queue() }
      return queue.waiting
    }
    for request in waiting { request.completion(.failure(.busy)) }
  }

  private func commit(_ requests: [Request]) {
    var left = requests
    let result: Result<Void, StorageError> = position.withLock { position in
      for _ in 0..<Self.attempts {
        guard !left.isEmpty else { return .success(()) }
        do throws(StorageError) {
          try store(left, &position)
          return .success(())
        } catch {
          guard case .conflict(let change) = error else { return .failure(error) }
          guard let place = Self.owner(of: change, in: left) else {
            do throws(StorageError) {
              try catchUp(&position)
            } catch {
              return .failure(error)
            }
            continue
          }
          left.remove(at: place).completion(.failure(error))
        }
      }
      return .failure(.busy)
    }
    for request in left { request.completion(result) }
  }

  /// One `apply`: the feed's counter, the entries, then the callers' changes in their order.
  private func store(
    _ requests: [Request], _ position: inout FeedPosition
  ) throws(StorageError) {
    let entries = requests.flatMap(\.entries).map(settled)
    let sequence = position.sequence + 1
    let changes =
      [position.advance] + entries.map { $0.put(sequence: sequence) } + requests.flatMap(\.changes)
    let versions = try store.applyAndWait(changes, context)
    position.sequence = sequence
    position.version = versions.first ?? nil
    enforce(entries)
  }

  /// Whose change it was; nil for the feed's counter.
  private static func owner(of change: Int, in requests: [Request]) -> Int? {
    var end = 1 + requests.reduce(0) { $0 + $1.entries.count }
    guard change >= end else { return nil }
    for (place, request) in requests.enumerated() {
      end += request.changes.count
      if change < end { return place }
    }
    return nil
  }
}
