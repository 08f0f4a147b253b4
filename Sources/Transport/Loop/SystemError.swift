internal import Glibc

/// A system call that failed.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The call, as its manual page is called.
  public let call: String
  /// `errno` after it.
  public let code: Int32

  /// An error of a call from its code.
  public init(_ call: String, code: Int32) {
    self.call = call
    self.code = code
  }

  /// The error of a call that has just failed on this thread.
  init(_ call: String) { self.init(call, code: errno) }

  /// Whether it took too long.
  public var isTimeout: Bool { code == ETIMEDOUT }

  /// The call and the system's text for the code.
  public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
