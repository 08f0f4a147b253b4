public import Diagnostics
public import Ports
public import Tokens
public import Transport

/// What the verifier does not know from memory, read where waiting is allowed: the records of
/// opaque tokens, and the key ring when a token names a key that is not in it.
public final class TokenRecords: Sendable {
  /// What a look-up comes to: the record, definitely none, or no answer.
  public typealias Answer = Result<Record?, StorageError>

  private let store: any RecordStore
  private let keys: KeyRing
  private let pool: BlockingPool
  private let patience: Lifetime

  /// Records of a store and a ring on it, read by the threads of a pool, each read with so much
  /// time.
  public init(
    _ store: any RecordStore, keys: KeyRing, on pool: BlockingPool,
    patience: Lifetime = .seconds(5)
  ) {
    self.store = store
    self.keys = keys
    self.pool = pool
    self.patience = patience
  }

  /// Reads a token's record and calls back on another thread; `.busy` at once when all wait.
  func look(
    up lookup: TokenLookup, for id: RequestID, at now: UnixTime,
    _ completion: @escaping @Sendable (Answer) -> Void
  ) {
    let context = CallContext(request: id, now: now, deadline: now + patience)
    let accepted = pool.submit { [store] in
      completion(Answer { () throws(StorageError) in try store.get(lookup.key, context) })
    }
    if !accepted { completion(.failure(.busy)) }
  }

  /// Reads the key ring again and calls back on another thread; false if that cannot be now.
  func refreshKeys(at now: UnixTime, _ completion: @escaping KeyRing.Refreshed) -> Bool {
    keys.refresh(at: now, submit: { [pool] in pool.submit($0) }, then: completion)
  }
}
