internal import Diagnostics
internal import Ports
internal import Tokens
internal import Transport

extension GatewayProcess {
  /// The process's own work, once a second, off the loops.
  func scheduleUpkeep() {
    let upkeep = vault.map {
      Upkeep(
        vault: $0, log: log, pool: owned.pools.upkeep, clock: owned.clock, audit: owned.audit)
    }
    let counting = vault.map { recordCounting($0) }
    if let vault {
      follow(RevocationFeed(vault.revocations, log: log, pool: owned.pools.revocations))
    }
    repeatUpkeep {
      upkeep?.run()
      counting?.runIfDue()
    }
  }

  private func follow(_ feed: RevocationFeed) {
    _ = control.schedule(after: Revocations.pollInterval.milliseconds) { [unowned self] in
      feed.run()
      follow(feed)
    }
  }

  private func repeatUpkeep(_ work: @escaping () -> Void) {
    _ = control.schedule(after: Vault.refresh.milliseconds) { [unowned self] in
      guard !isEnding else { return }
      work()
      repeatUpkeep(work)
    }
  }

  /// Counts records for scrapes; counting a large store reads all of it, hence the small share.
  private func recordCounting(_ vault: Vault) -> Periodic {
    Periodic(every: .minutes(1), share: 100, in: owned.pools.upkeep) { [log, clock = owned.clock] in
      do throws(StorageError) {
        try vault.countRecords(at: clock.now())
      } catch {
        log.write(.debug, "storage.uncounted", "the records could not be counted: \(error)")
      }
    }
  }
}
