internal import Diagnostics
internal import PluginHost
internal import Ports
internal import Synchronization
internal import Tokens
internal import Transport

/// What the process does by itself: keys follow their plan, and what has expired is swept.
final class Upkeep: Sendable {
  private let vault: Vault
  private let log: Log
  private let pool: BlockingPool
  private let clock: Clock
  private let audit: AuditTrail
  private let isRunning = Atomic<Bool>(false)
  private let lastFault = Mutex<String?>(nil)

  /// How many expired records one step removes at most.
  static let step = 500

  init(vault: Vault, log: Log, pool: BlockingPool, clock: Clock, audit: AuditTrail) {
    self.audit = audit
    self.vault = vault
    self.log = log
    self.pool = pool
    self.clock = clock
  }

  /// Starts a round unless the last one still runs.
  func run() {
    guard !isRunning.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let accepted = pool.submit { [self] in
      maintainKeys()
      sweep()
      isRunning.store(false, ordering: .releasing)
    }
    if !accepted { isRunning.store(false, ordering: .releasing) }
  }

  private func maintainKeys() {
    let before = vault.keys.currentGeneration
    do throws(KeyRingError) {
      try vault.keys.maintain()
      report(nil)
    } catch {
      report("keys: \(error)")
    }
    guard vault.keys.currentGeneration != before else { return }
    let ids = vault.keys.snapshot.keys.map(\.id).joined(separator: " ")
    log.write(.notice, "keys.changed", "the key set has changed", [LogField("kids", ids)])
    audit.record(.keysChanged, [LogField("kids", ids)])
  }

  private func sweep() {
    let now = clock.now()
    let context = CallContext(request: nil, now: now, deadline: now + .seconds(10))
    do throws(StorageError) {
      let removed = try vault.store.sweep(limit: Self.step, context)
      if removed > 0 {
        log.write(
          .debug, "storage.swept", "removed expired records", [LogField("records", removed)])
      }
    } catch {
      report("storage: \(error)")
    }
  }

  /// A fault that lasts is logged when it begins and when it ends, not every second.
  private func report(_ fault: String?) {
    let isNew = lastFault.withLock { last in
      defer { last = fault }
      return last != fault
    }
    guard isNew else { return }
    if let fault {
      log.write(.error, "upkeep.failed", fault)
    } else {
      log.write(.notice, "upkeep.recovered", "upkeep works")
    }
  }
}
