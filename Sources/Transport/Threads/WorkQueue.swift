internal import Glibc

/// A bounded queue that threads wait on: the mutex guards every other property.
final class WorkQueue: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let capacity: Int
  private var isClosed = false
  /// A ring of `capacity` places.
  private var places: [(@Sendable () -> Void)?]
  private var head = 0
  private var used = 0
  private var taken = 0
  private var turnedAway = 0

  init(capacity: Int) {
    self.capacity = max(1, capacity)
    places = .init(repeating: nil, count: self.capacity)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  var count: Int { locked { used } }

  /// How many pieces of work were taken and not reported done.
  var running: Int { locked { taken } }

  /// How many pieces of work were not accepted so far.
  var refused: Int { locked { turnedAway } }

  /// A piece of work that was taken is done.
  func done() { locked { taken -= 1 } }

  func put(_ work: @escaping @Sendable () -> Void) -> Bool {
    locked {
      guard !isClosed, used < capacity else {
        turnedAway += 1
        return false
      }
      places[(head + used) % capacity] = work
      used += 1
      pthread_cond_signal(condition)
      return true
    }
  }

  /// The next piece of work; nil once the queue is closed and empty.
  func take() -> (@Sendable () -> Void)? {
    locked {
      while used == 0 {
        if isClosed { return nil }
        pthread_cond_wait(condition, mutex)
      }
      defer {
        places[head] = nil
        head = (head + 1) % capacity
        used -= 1
        taken += 1
      }
      return places[head]
    }
  }

  func close() {
    locked {
      isClosed = true
      pthread_cond_broadcast(condition)
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
