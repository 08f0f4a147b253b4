internal import Diagnostics

/// A loop with the thread that runs it.
public struct LoopThread: Sendable {
  /// The loop.
  public let loop: EventLoop
  private let thread: Thread

  /// Starts a loop on a thread of its own.
  public init(name: String, loop: EventLoop) throws(SystemError) {
    self.loop = loop
    thread = try Thread(name: name) {
      MetricShard.take()
      loop.run()
    }
  }

  /// Ends the loop after its present turn and waits for the thread.
  public func stop() {
    loop.stop()
    thread.join()
  }
}
