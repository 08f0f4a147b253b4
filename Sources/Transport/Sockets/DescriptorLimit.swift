internal import Glibc

/// How many descriptors the process may have open.
public enum DescriptorLimit {
  /// Raises the soft limit to the hard one, and says what it is now.
  ///
  /// The soft limit is 1024 on most systems, for the sake of programs that use `select`.
  @discardableResult
  public static func raise() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
    limit.rlim_cur = limit.rlim_max
    // Refused only if it is what it was.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_cur)
  }
}
