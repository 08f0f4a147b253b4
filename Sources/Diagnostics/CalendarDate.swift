/// A point in time as a date of the Gregorian calendar in UTC.
public struct CalendarDate: Equatable, Sendable {
  /// The year, four digits for every time this program meets.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int
  /// 0 (Sunday) to 6.
  public let weekday: Int
  /// 0 to 23.
  public let hour: Int
  /// 0 to 59.
  public let minute: Int
  /// 0 to 59.
  public let second: Int
  /// 0 to 999.
  public let millisecond: Int

  /// The date of a time, by the civil-from-days algorithm (eras of 400 years, March first).
  public init(_ time: UnixTime) {
    let seconds = time.seconds
    let days = Int(seconds / 86_400) - (seconds % 86_400 < 0 ? 1 : 0)
    let inDay = Int(seconds) - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    weekday = ((days % 7) + 11) % 7
    hour = inDay / 3600
    minute = inDay / 60 % 60
    second = inDay % 60
    millisecond = Int(time.milliseconds - seconds * 1000)
  }

  /// Appends `2026-11-24T12:57:33.123Z` (RFC 3339).
  public func appendRFC3339(to bytes: inout [UInt8]) {
    Self.append(year, digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(month, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(day, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    appendTime(to: &bytes)
    bytes.append(UInt8(ascii: "."))
    Self.append(millisecond, digits: 3, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Appends `Tue, 24 Nov 2026 12:57:33 GMT` (RFC 9110 5.6.7).
  public func appendHTTPDate(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: Self.weekdays[weekday].utf8)
    bytes.append(contentsOf: ", ".utf8)
    Self.append(day, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: Self.months[month - 1].utf8)
    bytes.append(UInt8(ascii: " "))
    Self.append(year, digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    appendTime(to: &bytes)
    bytes.append(contentsOf: " GMT".utf8)
  }

  private func appendTime(to bytes: inout [UInt8]) {
    Self.append(hour, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(minute, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(second, digits: 2, to: &bytes)
  }

  private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
