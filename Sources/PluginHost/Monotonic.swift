internal import Glibc

/// The clock of deadlines, which nobody sets.
enum Monotonic {
  /// CLOCK_MONOTONIC in milliseconds.
  static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
