/// A span of time that is not negative, in milliseconds.
public struct Lifetime: Hashable, Comparable, Sendable {
  /// Milliseconds, zero or more.
  public let milliseconds: Int64

  /// A span from milliseconds; a negative count is zero.
  public init(milliseconds: Int64) { self.milliseconds = max(0, milliseconds) }

  /// A span of whole seconds; clamps what does not fit.
  public static func seconds(_ count: Int64) -> Lifetime {
    let (product, overflow) = count.multipliedReportingOverflow(by: 1000)
    return Lifetime(milliseconds: overflow ? .max : product)
  }

  /// A span of minutes; clamps what does not fit.
  public static func minutes(_ count: Int64) -> Lifetime {
    let (product, overflow) = count.multipliedReportingOverflow(by: 60)
    return .seconds(overflow ? .max : product)
  }

  /// Whole seconds, rounded down: what `expires_in` and `max-age` carry.
  public var seconds: Int64 { milliseconds / 1000 }

  /// Shorter is less.
  public static func < (left: Lifetime, right: Lifetime) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
