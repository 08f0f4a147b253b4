internal import CLinux
internal import Glibc
internal import Synchronization

/// The part of every metric that one thread writes alone, so that counting costs no shared line.
///
/// An event loop takes one when its thread starts. Threads that took none share shard 0, where they
/// pay for an atomic addition.
public enum MetricShard {
  /// How many shards there are: one for each core, and the shared one.
  static let count = 1 + min(128, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private static let taken = Atomic<Int>(0)

  /// Gives the calling thread a shard of its own, if one is left; it is never given back.
  public static func take() {
    guard sp_metric_shard() == 0 else { return }
    let number = taken.wrappingAdd(1, ordering: .relaxed).newValue
    if number < count { sp_set_metric_shard(UInt32(truncatingIfNeeded: number)) }
  }
}
