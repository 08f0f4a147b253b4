internal import Glibc

/// Where the time comes from: passed in, so that a test can move it.
public struct Clock: Sendable {
  private let read: @Sendable () -> UnixTime

  /// A clock that reads as the closure says; it may be called from any thread.
  public init(_ read: @escaping @Sendable () -> UnixTime) { self.read = read }

  /// The time now.
  public func now() -> UnixTime { read() }

  /// The machine's real-time clock.
  public static let system = Clock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UnixTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
