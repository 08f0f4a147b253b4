internal import Diagnostics
internal import Ports
internal import Synchronization
internal import Tokens
internal import Transport

/// Follows what other processes on the same storage revoke.
final class RevocationFeed: Sendable {
  private let revocations: Revocations
  private let log: Log
  private let pool: BlockingPool
  private let isRunning = Atomic<Bool>(false)
  private let lastFault = Mutex<String?>(nil)

  init(_ revocations: Revocations, log: Log, pool: BlockingPool) {
    self.revocations = revocations
    self.log = log
    self.pool = pool
  }

  /// Reads the feed once, unless the last reading still goes on.
  func run() {
    guard !isRunning.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let accepted = pool.submit { [self] in
      do throws(StorageError) {
        try revocations.poll()
        report(nil)
      } catch {
        report("\(error)")
      }
      isRunning.store(false, ordering: .releasing)
    }
    if !accepted { isRunning.store(false, ordering: .releasing) }
  }

  /// A fault that lasts is logged when it begins and when it ends.
  private func report(_ fault: String?) {
    let isNew = lastFault.withLock { last in
      defer { last = fault }
      return (last == nil) != (fault == nil)
    }
    guard isNew else { return }
    if let fault {
      log.write(.error, "revocations.silent", "the revocations cannot be read: \(fault)")
    } else {
      log.write(.notice, "revocations.recovered", "the revocations are read again")
    }
  }
}
