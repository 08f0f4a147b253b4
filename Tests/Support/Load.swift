import Foundation
import Synchronization

/// Threads that repeat one deed until they are told to stop, and remember what went wrong.
package final class Load: Sendable {
  private let stopping = Atomic<Bool>(false)
  private let running: Atomic<Int>
  private let done = Atomic<Int>(0)
  private let faults = Mutex<[String]>([])

  /// Starts that many threads; each makes its own deed, say with a connection of its own.
  package init(threads: Int, _ make: @escaping @Sendable (Int) throws -> () throws -> Void) {
    running = Atomic(threads)
    for number in 0..<threads {
      Thread { [self] in
        do {
          let deed = try make(number)
          while !stopping.load(ordering: .relaxed) {
            do {
              try deed()
              done.wrappingAdd(1, ordering: .relaxed)
            } catch { note(error) }
          }
        } catch { note(error) }
        running.wrappingSubtract(1, ordering: .sequentiallyConsistent)
      }.start()
    }
  }

  private func note(_ error: any Error) {
    faults.withLock { if $0.count < 1000 { $0.append("\(error)") } }
    poll(nil, 0, 1)
  }

  /// How many deeds have succeeded.
  package var successes: Int { done.load(ordering: .relaxed) }

  /// What went wrong so far.
  package var failures: [String] { faults.withLock { $0 } }

  /// Waits for so many more successes.
  package func waitForMore(_ count: Int, upTo seconds: Double = 20) throws {
    let start = successes
    try eventually(upTo: seconds, until: "\(count) more; \(failures.prefix(3))") {
      successes >= start + count
    }
  }

  /// Stops the threads and returns what went wrong.
  @discardableResult
  package func stop() throws -> [String] {
    stopping.store(true, ordering: .sequentiallyConsistent)
    try eventually(upTo: 30, until: "the load stopped") {
      running.load(ordering: .sequentiallyConsistent) == 0
    }
    return failures
  }
}
