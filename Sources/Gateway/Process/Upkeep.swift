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
  private let faults = Mutex<[Part: String]>([:])

  /// What upkeep consists of.
  private enum Part: String {
    case keys
    case storage
  }

  /// How many expired records one step removes at most: its commit holds up other writes.
  static let step = 200
  /// How long the steps of one round may take together: the writer belongs to requests half the time.
  static let share = Lifetime(milliseconds: 500)

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
      report(nil, in: .keys)
    } catch {
      report("\(error)", in: .keys)
    }
    guard vault.keys.currentGeneration != before else { return }
    let ids = vault.keys.snapshot.keys.map(\.id).joined(separator: " ")
    log.write(.notice, "keys.changed", "the key set has changed", [LogField("kids", ids)])
    audit.record(.keysChanged, [LogField("kids", ids)])
  }

  /// Removes what has expired, step by step: as fast as it must be, and no longer than its share.
  private func sweep() {
    let begun = clock.now()
    var removed = 0
    do throws(StorageError) {
      var last = 0
      repeat {
        let now = clock.now()
        let context = CallContext(request: nil, now: now, deadline: now + .seconds(10))
        last = try vault.store.sweep(limit: Self.step, context)
        removed += last
      } while last == Self.step && clock.now() < begun + Self.share
      report(nil, in: .storage)
    } catch {
      report("\(error)", in: .storage)
    }
    guard removed > 0 else { return }
    log.write(.debug, "storage.swept", "removed expired records", [LogField("records", removed)])
  }

  /// A fault that lasts is logged when it begins and when it ends, not every second.
  private func report(_ fault: String?, in part: Part) {
    let before = faults.withLock { faults in
      defer { faults[part] = fault }
      return faults[part]
    }
    guard before != fault else { return }
    if let fault {
      log.write(.error, "upkeep.failed", fault, [LogField("part", part.rawValue)])
    } else {
      log.write(.notice, "upkeep.recovered", "upkeep works", [LogField("part", part.rawValue)])
    }
  }
}
