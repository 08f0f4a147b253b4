/// One log line in the making, written byte by byte so that a request's line costs no formatting.
public struct LogLine: Sendable {
  private let format: LogFormat
  private var bytes: [UInt8] = []

  /// Starts a line with its time, level and event.
  public init(format: LogFormat, at time: UnixTime, level: LogLevel, event: StaticString) {
    self.format = format
    bytes.reserveCapacity(256)
    switch format {
    case .json:
      append(raw: "{\"time\":\"")
      CalendarDate(time).appendRFC3339(to: &bytes)
      append(raw: "\",\"level\":\"")
      bytes.append(contentsOf: level.name.utf8)
      append(raw: "\",\"event\":\"")
      append(raw: event)
      append(raw: "\"")
    case .text:
      CalendarDate(time).appendRFC3339(to: &bytes)
      append(raw: " ")
      bytes.append(contentsOf: level.name.utf8)
      append(raw: " ")
      append(raw: event)
    }
  }

  /// Starts a line of the audit log: JSON with its time and event.
  init(_ event: AuditEvent, at time: UnixTime) {
    format = .json
    append(raw: "{\"time\":\"")
    CalendarDate(time).appendRFC3339(to: &bytes)
    append(raw: "\",\"event\":\"")
    bytes.append(contentsOf: event.rawValue.utf8)
    append(raw: "\"")
  }

  /// Adds a field.
  public mutating func append(_ field: LogField) {
    switch format {
    case .json:
      append(raw: ",\"")
      append(raw: field.name)
      append(raw: "\":")
    case .text:
      append(raw: " ")
      append(raw: field.name)
      append(raw: "=")
    }
    switch field.value {
    case .text(let text): append(quoted: text.utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number):
      bytes.append(contentsOf: (number.isFinite ? String(number) : "null").utf8)
    case .truth(let truth): append(raw: truth ? "true" : "false")
    }
  }

  /// The line with its newline.
  public consuming func finished() -> [UInt8] {
    if case .json = format { append(raw: "}") }
    append(raw: "\n")
    return bytes
  }

  private mutating func append(raw text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// JSON's own quoting serves both forms: no byte from outside can end a line or fake a field.
  private mutating func append(quoted text: String.UTF8View) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20, 0x7f:
        append(raw: "\\u00")
        bytes.append(Self.digit(byte >> 4))
        bytes.append(Self.digit(byte & 0xf))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }
}
