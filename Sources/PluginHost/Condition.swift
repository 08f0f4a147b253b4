internal import Glibc

/// A lock with a condition to wait for, timed by the monotonic clock.
final class Condition: @unchecked Sendable {
  // Both live at fixed addresses, as POSIX wants them, and are only used through pthread calls.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Wakes one waiter; call it inside `locked`.
  func signal() { pthread_cond_signal(condition) }

  /// Wakes all waiters; call it inside `locked`.
  func broadcast() { pthread_cond_broadcast(condition) }

  /// Waits inside `locked` for a signal, which may also come for nothing.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// Waits inside `locked` until a time of the monotonic clock; false once that has passed.
  func wait(until milliseconds: Int64) -> Bool {
    var time = timespec(
      tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    return pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
  }
}

/// Starts a detached thread; false if the system has none left.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  let pointer = Unmanaged.passRetained(Body(body))
  var thread = pthread_t()
  let failure = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }, pointer.toOpaque())
  guard failure == 0 else {
    pointer.release()
    return false
  }
  pthread_detach(thread)
  return true
}
