public import Diagnostics

/// The text of the Date field, made once a second (RFC 9110 6.6.1).
public struct HTTPDateCache: Sendable {
  private var second = Int64.min
  private var bytes: [UInt8] = []

  /// A cache with nothing in it.
  public init() {}

  /// `Tue, 24 Nov 2026 12:57:33 GMT` for a time.
  public mutating func text(at time: UnixTime) -> [UInt8] {
    let seconds = time.seconds
    if seconds != second {
      bytes.removeAll(keepingCapacity: true)
      CalendarDate(time).appendHTTPDate(to: &bytes)
      second = seconds
    }
    return bytes
  }
}
