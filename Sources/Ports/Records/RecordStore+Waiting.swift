internal import Diagnostics
internal import Synchronization

extension RecordStore {
  /// `apply`, waiting for its end: for commands, start-up and the waiting pool, never for a loop.
  public func applyAndWait(_ changes: [Change], _ context: CallContext)
    throws(StorageError) -> [RecordVersion?]
  {
    let outcome = Outcome()
    apply(changes, context) { outcome.deliver($0) }
    return try outcome.wait().get()
  }
}

/// One result handed from the thread that completes to the thread that waits.
private final class Outcome: Sendable {
  typealias Value = Result<[RecordVersion?], StorageError>
  private let value = Mutex<Value?>(nil)
  private let signal = WaitSignal()

  func deliver(_ result: Value) {
    value.withLock { $0 = result }
    signal.raise()
  }

  func wait() -> Value {
    signal.wait()
    return value.withLock { $0 } ?? .failure(.unknown("storage raised the signal without a result"))
  }
}
