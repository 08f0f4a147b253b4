/// The threads that one plugin may block: a stuck call keeps its own, and no more than these.
final class CallLane: @unchecked Sendable {
  // Everything below `condition` is only touched inside its lock.
  private let condition = Condition()
  private let most: Int
  private var jobs: [@Sendable () -> Void] = []
  private var threads = 0
  private var idle = 0
  private var isClosed = false

  init(threads: Int) { most = threads }

  /// Runs a job on one of the threads, waiting for one at most until the deadline; nil if the job
  /// has not ended by then.
  func run<Value: Sendable>(until deadline: Int64, _ job: @escaping @Sendable () -> Value) -> Value?
  {
    let meeting = Meeting<Value>()
    guard enqueue({ meeting.put(job()) }) else { return nil }
    return meeting.wait(until: deadline)
  }

  private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
    condition.locked {
      // A queue longer than the threads could empty in time is of no use to anybody.
      guard !isClosed, jobs.count < most * 8 else { return false }
      if idle <= jobs.count, threads < most {
        guard startThread({ self.work() }) else { return false }
        threads += 1
      }
      jobs.append(job)
      condition.signal()
      return true
    }
  }

  /// Lets the threads end once they have nothing to do; a stuck one ends when its call returns.
  func close() {
    condition.locked {
      isClosed = true
      condition.broadcast()
    }
  }

  private func work() {
    while let job = next() { job() }
  }

  private func next() -> (@Sendable () -> Void)? {
    condition.locked {
      idle += 1
      defer { idle -= 1 }
      while jobs.isEmpty, !isClosed { condition.wait() }
      return jobs.isEmpty ? nil : jobs.removeFirst()
    }
  }
}

/// One value handed from the thread that makes it to the thread that waits for it.
private final class Meeting<Value: Sendable>: @unchecked Sendable {
  // `value` is only touched inside the condition's lock.
  private let condition = Condition()
  private var value: Value?

  func put(_ value: Value) {
    condition.locked {
      self.value = value
      condition.signal()
    }
  }

  func wait(until deadline: Int64) -> Value? {
    condition.locked {
      while value == nil, condition.wait(until: deadline) {}
      return value
    }
  }
}
