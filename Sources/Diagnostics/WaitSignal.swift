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
}
