/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored.
public struct UnixTime: Hashable, Comparable, Sendable {
  /// Milliseconds since the epoch; negative before it.
  public let milliseconds: Int64

  /// A time from milliseconds since the epoch.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// A time from whole seconds since the epoch (RFC 7519 NumericDate); clamps what does not fit.
  public init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    milliseconds = overflow ? (seconds < 0 ? .min : .max) : product
  }

  /// Whole seconds since the epoch, rounded down: what a `NumericDate` claim carries.
  public var seconds: Int64 {
    let quotient = milliseconds / 1000
    return milliseconds % 1000 < 0 ? quotient - 1 : quotient
  }

  /// This time moved by a lifetime; clamps at the ends of the range.
  public static func + (time: UnixTime, lifetime: Lifetime) -> UnixTime {
    let (sum, overflow) = time.milliseconds.addingReportingOverflow(lifetime.milliseconds)
    return UnixTime(milliseconds: overflow ? .max : sum)
  }

  /// This time moved back by a lifetime; clamps at the ends of the range.
  public static func - (time: UnixTime, lifetime: Lifetime) -> UnixTime {
    let (sum, overflow) = time.milliseconds.subtractingReportingOverflow(lifetime.milliseconds)
    return UnixTime(milliseconds: overflow ? .min : sum)
  }

  /// Earlier is less.
  public static func < (left: UnixTime, right: UnixTime) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
