internal import Diagnostics
public import Ports
internal import Synchronization

extension Revocations {
  /// Revokes targets and waits for its end: for commands and pools, never for a loop.
  public func revokeAndWait(
    _ targets: [RevocationTarget], with changes: [Change] = [], by origin: String
  ) throws(StorageError) {
    let end = End()
    revoke(targets, with: changes, by: origin) { end.arrive($0) }
    try end.wait().get()
  }
}

/// The end that one thread waits for and another brings.
private final class End: Sendable {
  private let result = Mutex<Result<Void, StorageError>?>(nil)
  private let signal = WaitSignal()

  func arrive(_ result: Result<Void, StorageError>) {
    self.result.withLock { $0 = result }
    signal.raise()
  }

  func wait() -> Result<Void, StorageError> {
    signal.wait()
    return result.withLock { $0 } ?? .failure(.unknown("the revocation ended without a result"))
  }
}
