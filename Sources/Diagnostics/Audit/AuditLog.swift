internal import Synchronization

/// The audit log: who did what, one JSON object a line, in a stream of its own that only grows.
///
/// Whoever records an event puts its line into a bounded buffer and goes on; one thread of its own
/// writes (`run`), so that a slow or full disk holds up no event loop. Events are lost only once the
/// buffer is full, and how many is the first thing written when something can be written again.
public final class AuditLog: Sendable {
  /// What the buffer holds at most, in bytes.
  public static let capacity = 4 << 20
  /// How long the writer waits after a failure before it tries again.
  private static let pause = Lifetime.seconds(1)

  private struct State {
    var buffer: [UInt8] = []
    /// Events that found no room.
    var lost = 0
    /// A newly opened file that the writer has not taken over.
    var reopened: AuditFile?
    var isEnding = false
  }

  private let destination: AuditFile.Destination
  private let clock: Clock
  private let state: Mutex<State>
  private let filled = WaitSignal()

  /// An audit log whose destination can be written.
  public init(
    _ destination: AuditFile.Destination, clock: Clock = .system
  ) throws(AuditFault) {
    self.destination = destination
    self.clock = clock
    state = Mutex(State(reopened: try AuditFile(destination)))
  }

  /// Records an event; from any thread, never waits for the disk.
  public func record(_ event: AuditEvent, _ fields: [LogField]) {
    let line = Self.line(event, fields, at: clock.now())
    let isFirst = state.withLock { state in
      guard state.buffer.count + line.count <= Self.capacity else {
        state.lost += 1
        return false
      }
      defer { state.buffer.append(contentsOf: line) }
      return state.buffer.isEmpty
    }
    if isFirst { filled.raise() }
  }

  /// Opens the file anew, after somebody has moved it away; until then the old one is written.
  public func reopen() throws(AuditFault) {
    let file = try AuditFile(destination)
    state.withLock { $0.reopened = file }
    filled.raise()
  }

  /// Has the writer finish what is there and return.
  public func end() {
    state.withLock { $0.isEnding = true }
    filled.raise()
  }

  /// Writes what comes until `end`: the body of a thread of its own, and of no other.
  public func run(log: Log) {
    var writer = Writer(log: log)
    while true {
      let isEnding = state.withLock { state in
        writer.take(&state.buffer, lost: &state.lost, file: &state.reopened)
        return state.isEnding
      }
      let isDone = writer.write(at: clock.now())
      if isEnding {
        // What was left of a failure hid what has come since.
        if isDone, hasMore { continue }
        return writer.giveUp()
      }
      if isDone { filled.wait() } else { Self.pause.sleep() }
    }
  }

  private var hasMore: Bool { state.withLock { !$0.buffer.isEmpty || $0.lost > 0 } }

  private static func line(
    _ event: AuditEvent, _ fields: [LogField], at time: UnixTime
  ) -> [UInt8] {
    var line = LogLine(event, at: time)
    for field in fields {
      if case .audit = field.role { continue }
      line.append(field)
    }
    return line.finished()
  }

  /// What the writing thread has in hand.
  private struct Writer {
    let log: Log
    var file: AuditFile?
    var bytes: [UInt8] = []
    var lost = 0
    var isFailing = false

    mutating func take(_ buffer: inout [UInt8], lost: inout Int, file: inout AuditFile?) {
      if bytes.isEmpty { swap(&bytes, &buffer) }
      self.lost += lost
      lost = 0
      if let opened = file { self.file = opened }
      file = nil
    }

    /// Writes what is in hand; false if some of it is left.
    mutating func write(at time: UnixTime) -> Bool {
      guard let file else { return true }
      if bytes.isEmpty, lost > 0 {
        bytes = AuditLog.line(.lost, [LogField("count", lost)], at: time)
        lost = 0
      }
      guard !bytes.isEmpty else { return true }
      if let reason = file.write(&bytes) {
        if !isFailing {
          log.write(
            .error, "audit.failed",
            "the audit log cannot be written; what comes is kept until the buffer is full",
            [LogField("file", file.name), LogField("cause", reason)])
        }
        isFailing = true
        return false
      }
      if isFailing { log.write(.notice, "audit.recovered", "the audit log is written again") }
      isFailing = false
      return lost == 0
    }

    func giveUp() {
      guard !bytes.isEmpty || lost > 0 else { return }
      log.write(.error, "audit.lost", "the last events of the audit log could not be written")
    }
  }
}
