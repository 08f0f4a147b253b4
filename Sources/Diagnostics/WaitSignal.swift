internal import Glibc

/// A thread waits here until another says go, once.
///
/// Bound to a semaphore of the C library, which needs a fixed address; hence the class.
public final class WaitSignal: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  /// A signal that is not raised.
  public init() {
    semaphore = .allocate(capacity: 1)
    precondition(sem_init(semaphore, 0, 0) == 0, "the kernel refused a semaphore")
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  /// Lets one waiting thread go.
  public func raise() { sem_post(semaphore) }

  /// Waits until the signal is raised.
  public func wait() {
    while sem_wait(semaphore) != 0 && errno == EINTR {}
  }

  /// Waits until the signal is raised or the lifetime has passed; returns whether it was raised.
  public func wait(atMost lifetime: Lifetime) -> Bool {
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    let nanoseconds = Int64(end.tv_nsec) + lifetime.milliseconds % 1000 * 1_000_000
    end.tv_sec += Int(lifetime.milliseconds / 1000 + nanoseconds / 1_000_000_000)
    end.tv_nsec = Int(nanoseconds % 1_000_000_000)
    while sem_timedwait(semaphore, &end) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}
