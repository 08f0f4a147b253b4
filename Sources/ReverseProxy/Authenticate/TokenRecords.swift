public import Diagnostics
public import Ports
internal import Tokens
public import Transport

/// The records of opaque tokens, read where waiting is allowed.
public final class TokenRecords: Sendable {
  /// What a look-up comes to: the record, definitely none, or no answer.
  public typealias Answer = Result<Record?, StorageError>

  private let store: any RecordStore
  private let pool: BlockingPool
  private let patience: Lifetime

  /// Records of a store, read by the threads of a pool, each read with so much time.
  public init(_ store: any RecordStore, on pool: BlockingPool, patience: Lifetime = .seconds(5)) {
    self.store = store
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
}
