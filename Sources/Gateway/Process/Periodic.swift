internal import Diagnostics
internal import Synchronization
internal import Transport

/// Work that is done again and again in a pool, never twice at once.
final class Periodic: Sendable {
  private let interval: Lifetime
  /// The part of its time that the work may take, as one in so many.
  private let share: Int64
  private let pool: BlockingPool
  private let work: @Sendable () -> Void
  private let isRunning = Atomic<Bool>(false)
  private let next = Mutex<UInt64>(0)

  /// Work for every so often, and less often if it takes longer than its share of the time.
  init(
    every interval: Lifetime, share: Int64 = 10, in pool: BlockingPool,
    _ work: @escaping @Sendable () -> Void
  ) {
    self.interval = interval
    self.share = share
    self.pool = pool
    self.work = work
  }

  /// Starts the work if it is due and does not run; to be called often.
  func runIfDue() {
    let now = EventLoop.monotonicMicroseconds()
    guard next.withLock({ $0 <= now }),
      !isRunning.exchange(true, ordering: .acquiringAndReleasing)
    else { return }
    let accepted = pool.submit { [self] in
      work()
      let end = EventLoop.monotonicMicroseconds()
      let pause = max(UInt64(interval.milliseconds) * 1000, (end &- now) * UInt64(share))
      next.withLock { $0 = end + pause }
      isRunning.store(false, ordering: .releasing)
    }
    if !accepted { isRunning.store(false, ordering: .releasing) }
  }
}
