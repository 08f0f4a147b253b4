@preconcurrency internal import Glibc

/// How loud a line is, quiet first.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
  /// What helps whoever debugs this program.
  case debug
  /// One line a request, one a component.
  case info
  /// What an operator should read some day.
  case notice
  /// What an operator should look into.
  case warning
  /// What does not work.
  case error

  /// The word in the log line.
  public var name: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .notice: "notice"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// Quieter is less.
  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// How a line is written.
public enum LogFormat: Sendable {
  /// `time level event message key=value …`, for people.
  case text
  /// One JSON object a line, for programs.
  case json
}

/// Where log lines go: written whole with write(2), so that a crash loses none.
///
/// Safe from any thread. A `Secret` has no way in: fields take text, numbers and truth values.
public final class Log: Sendable {
  /// Lines below this level are dropped.
  public let level: LogLevel
  /// The form of each line.
  public let format: LogFormat
  private let descriptor: Int32
  private let clock: Clock

  /// A log on an open descriptor, which must outlive it; standard error by default.
  public init(
    level: LogLevel = .info, format: LogFormat = .text, descriptor: Int32 = 2,
    clock: Clock = .system
  ) {
    self.level = level
    self.format = format
    self.descriptor = descriptor
    self.clock = clock
  }

  /// Writes one line: a stable dotted event name, a sentence, and fields in the order given.
  public func write(
    _ level: LogLevel, _ event: StaticString, _ message: @autoclosure () -> String,
    _ fields: [LogField] = []
  ) {
    guard level >= self.level else { return }
    var line = LogLine(format: format, at: clock.now(), level: level, event: event)
    line.append(LogField("message", message()))
    for field in fields { line.append(field) }
    write(line.finished())
  }

  /// Writes finished lines, each ended by a newline, as they are.
  public func write(_ lines: [UInt8]) {
    lines.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        // A log that takes nothing leaves nowhere to say so.
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
      }
    }
  }
}
