internal import Diagnostics
internal import HTTP
internal import Transport

/// One line for each request, collected over a turn of the loop and written with one call.
///
/// While the loop is busy, over a few turns: each call costs as much as rendering ten lines.
struct AccessLog {
  private let log: Log?
  private let isJSON: Bool
  private var buffer: [UInt8] = []
  private var stamp: [UInt8] = []
  private var stampTime = UnixTime(milliseconds: .min)
  /// When the first of the lines that wait was added, in the loop's milliseconds.
  private var oldest: UInt64 = 0
  /// Written before the turn ends once so much waits.
  private static let flushSize = 32 * 1024
  /// Written at the end of a busy turn once so much waits, or so long.
  private static let busySize = 16 * 1024
  private static let busyMilliseconds: UInt64 = 10

  /// A log that writes nothing when there is no log, or when it is not interested.
  init(log: Log?) {
    self.log = log.flatMap { $0.level <= .info ? $0 : nil }
    isJSON = self.log?.format == .json
  }

  var isOn: Bool { log != nil }

  /// Writes what waits at the end of a turn, unless the loop is busy and will soon have more.
  mutating func endTurn(of loop: EventLoop) {
    guard !buffer.isEmpty else { return }
    guard loop.isBusy, buffer.count < Self.busySize,
      loop.now &- oldest < Self.busyMilliseconds
    else {
      flush()
      return
    }
    loop.returnWithin(milliseconds: Int32(Self.busyMilliseconds))
  }

  mutating func flush() {
    guard !buffer.isEmpty else { return }
    log?.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  mutating func append(_ entry: AccessEntry, from peer: [UInt8], at time: UnixTime, now: UInt64) {
    guard isOn else { return }
    if buffer.isEmpty { oldest = now }
    begin(entry.id, at: time)
    name("method")
    quote(entry.methodBytes)
    name("path")
    quote(entry.pathBytes)
    name("status")
    number(entry.status)
    name("bytes")
    number(entry.bytes)
    name("duration_us")
    number(entry.microseconds)
    name("peer")
    quote(peer)
    name("trace_id")
    buffer.append(UInt8(ascii: "\""))
    entry.trace.withTraceDigits { digits in
      digits.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
    }
    buffer.append(UInt8(ascii: "\""))
    for field in entry.fields { append(field) }
    if isJSON { buffer.append(UInt8(ascii: "}")) }
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.flushSize { flush() }
  }

  private mutating func begin(_ id: RequestID, at time: UnixTime) {
    if time != stampTime {
      stamp.removeAll(keepingCapacity: true)
      CalendarDate(time).appendRFC3339(to: &stamp)
      stampTime = time
    }
    text(isJSON ? "{\"time\":\"" : "")
    buffer.append(contentsOf: stamp)
    text(
      isJSON
        ? "\",\"level\":\"info\",\"event\":\"http.request\",\"request_id\":\""
        : " info http.request request_id=")
    id.withDigits { $0.withUnsafeBufferPointer { buffer.append(contentsOf: $0) } }
    if isJSON { buffer.append(UInt8(ascii: "\"")) }
  }

  private mutating func name(_ name: StaticString) {
    if isJSON {
      text(",\"")
      text(name)
      text("\":")
    } else {
      buffer.append(UInt8(ascii: " "))
      text(name)
      buffer.append(UInt8(ascii: "="))
    }
  }

  private mutating func append(_ field: LogField) {
    name(field.name)
    switch field.value {
    case .text(let value): quote(value.utf8)
    case .integer(let value): number(Int(value))
    case .number(let value):
      buffer.append(contentsOf: (value.isFinite ? String(value) : "null").utf8)
    case .truth(let value): text(value ? "true" : "false")
    }
  }

  private mutating func text(_ text: StaticString) {
    buffer.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func number(_ value: Int) {
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = value.magnitude
      var start = digits.count
      repeat {
        start -= 1
        digits.initializeElement(
          at: start, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      } while rest > 0
      buffer.append(contentsOf: digits[start...])
    }
  }

  /// JSON's own quoting serves both forms: no byte from outside can end a line or fake a field.
  private mutating func quote(_ bytes: some Sequence<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    let start = buffer.count
    buffer.append(contentsOf: bytes)
    // Nearly all there is to quote is plain.
    var index = start
    while index < buffer.count, !Self.needsEscape(buffer[index]) { index += 1 }
    if index < buffer.count {
      buffer.removeSubrange(start...)
      escape(bytes)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(byte)
      case 0..<0x20, 0x7f:
        text("\\u00")
        buffer.append(Self.digit(byte >> 4))
        buffer.append(Self.digit(byte & 0xf))
      default: buffer.append(byte)
      }
    }
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x57 + nibble
  }
}
