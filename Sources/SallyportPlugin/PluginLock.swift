internal import Glibc

/// A lock with a condition to wait for, for plugins with threads of their own.
///
/// Unlike `Synchronization.Mutex` it is one that ThreadSanitizer sees.
public final class PluginLock: @unchecked Sendable {
  // Both live at fixed addresses, as POSIX wants them, and are only used through pthread calls.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// A lock that nobody holds.
  public init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs a body while holding the lock.
  public func locked<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure)
    -> Value
  {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Wakes whoever waits; call it inside `locked`.
  public func signal() { pthread_cond_broadcast(condition) }

  /// Waits inside `locked` for a signal, which may also come for nothing.
  public func wait() { pthread_cond_wait(condition, mutex) }
}

/// A detached thread of the plugin's own.
public enum PluginThread {
  /// Starts one; false if the system has none left.
  public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
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

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
