internal import Foundation

/// A value that many threads change, under a lock that ThreadSanitizer sees.
public final class Tally<Value: Sendable>: @unchecked Sendable {
  // `value` is only touched inside the lock.
  private let lock = NSLock()
  private var value: Value

  /// A tally that begins with a value.
  public init(_ value: Value) { self.value = value }

  /// Changes or reads the value, alone.
  public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
