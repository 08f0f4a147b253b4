internal import Glibc

/// Ends calls that complete later once their deadline has passed; one thread, asleep while there
/// are none.
final class DeadlineWatch: @unchecked Sendable {
  static let shared = DeadlineWatch()

  // Everything below `condition` is only touched inside its lock.
  private let condition = Condition()
  private var watched = 0
  private var isRunning = false
  private static let period: Int64 = 20

  /// One more call that must end; false if there is no thread to watch it.
  func begin() -> Bool {
    condition.locked {
      watched += 1
      if !isRunning {
        isRunning = startThread { self.run() }
        if !isRunning { watched -= 1 }
      } else if watched == 1 {
        condition.signal()
      }
      return isRunning
    }
  }

  /// One such call has ended.
  func end() { condition.locked { watched -= 1 } }

  private func run() {
    while true {
      condition.locked {
        while watched == 0 { condition.wait() }
        let next = Monotonic.milliseconds() + Self.period
        while condition.wait(until: next) {}
      }
      for (number, call) in CallTable.shared.openCalls() {
        if case .apply = call.kind, call.isOverdue { call.expire(number) }
      }
    }
  }
}
