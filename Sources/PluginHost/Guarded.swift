internal import Glibc

/// A value that one thread at a time may touch.
///
/// `Synchronization.Mutex` would do, but it waits inside the kernel by a futex of its own, which
/// ThreadSanitizer cannot see: at this boundary races shall be provable.
final class Guarded<Value>: @unchecked Sendable {
  // `value` is only touched inside the lock, which lives at a fixed address as POSIX wants it.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var value: Value

  init(_ value: Value) {
    self.value = value
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result)
    throws(Failure) -> Result
  {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value)
  }
}
