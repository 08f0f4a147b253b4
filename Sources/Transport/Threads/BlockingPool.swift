internal import Glibc

/// A fixed number of threads with a bounded queue, for what must not run on a loop.
///
/// Safe from any thread.
public final class BlockingPool: Sendable {
  private let queue: WorkQueue
  private let threads: [Thread]

  /// Starts the threads; `capacity` bounds what waits, not what runs.
  public init(name: String, threads count: Int, capacity: Int) throws(SystemError) {
    let queue = WorkQueue(capacity: capacity)
    var threads: [Thread] = []
    for _ in 0..<count {
      do throws(SystemError) {
        threads.append(
          try Thread(name: name) {
            while let work = queue.take() {
              work()
              queue.done()
            }
          })
      } catch {
        queue.close()
        throw error
      }
    }
    self.queue = queue
    self.threads = threads
  }

  /// Queues work; false when the queue is full or closed, and then the work never runs.
  public func submit(_ work: @escaping @Sendable () -> Void) -> Bool { queue.put(work) }

  /// How many pieces of work wait for a thread.
  public var waiting: Int { queue.count }

  /// How many threads are at work.
  public var busy: Int { queue.running }

  /// How many pieces of work were refused so far.
  public var refused: Int { queue.refused }

  /// How many threads there are.
  public var size: Int { threads.count }

  /// Takes no more work, finishes what was accepted, and waits for the threads to end.
  public func shutDown() {
    queue.close()
    for thread in threads { thread.join() }
  }

  deinit { queue.close() }
}
