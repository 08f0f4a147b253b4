internal import CLinux
internal import Glibc

/// A descriptor that a loop watches.
public class EventSource: TimerNode {
  /// The loop it is bound to.
  public unowned(unsafe) let loop: EventLoop
  /// The descriptor, or -1 once closed.
  @exclusivity(unchecked) final internal(set) public var descriptor: Int32
  /// The events that epoll watches for now.
  @exclusivity(unchecked) final private(set) var interest: UInt32 = 0
  @exclusivity(unchecked) private final var isWatched = false

  init(loop: EventLoop, descriptor: Int32) {
    self.loop = loop
    self.descriptor = descriptor
  }

  /// Called on the loop with the events that epoll reports.
  func ready(_ events: UInt32) {}

  /// Whether the descriptor is closed: what epoll still reports of it is void.
  public final var isClosed: Bool { descriptor < 0 }

  /// Begins to watch, or watches for other events; the loop holds the source until it is closed.
  ///
  /// False when the kernel has no room for a new watch.
  @discardableResult
  final func watch(_ events: UInt32) -> Bool {
    guard events != interest, !isClosed else { return true }
    guard loop.control(self, events: events, isNew: !isWatched) else { return false }
    isWatched = true
    interest = events
    return true
  }

  /// Ends the watch, closes the descriptor and drops the deadline.
  ///
  /// Closing alone does not end the watch while a process that is just being started still has a
  /// copy of the descriptor: events for a source that is gone would follow.
  final func closeDescriptor() {
    guard !isClosed else { return }
    loop.clearDeadline(of: self)
    if isWatched { loop.unwatch(self) }
    close(descriptor)
    descriptor = -1
  }

  /// Watches no more without closing: the descriptor passes to somebody else.
  final func releaseDescriptor() -> Int32 {
    loop.clearDeadline(of: self)
    if isWatched { loop.unwatch(self) }
    defer { descriptor = -1 }
    return descriptor
  }
}

/// The epoll bits by name.
enum Readiness {
  static let input = EPOLLIN.rawValue
  static let output = EPOLLOUT.rawValue
  static let failure = EPOLLERR.rawValue | EPOLLHUP.rawValue
  /// The peer will send no more, or the connection failed.
  static let end = EPOLLRDHUP.rawValue | failure
  /// All that happens to a stream, told once each time it happens.
  static let changes = input | output | EPOLLRDHUP.rawValue | EPOLLET.rawValue
}
