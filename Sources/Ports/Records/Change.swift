public import Diagnostics

/// One part of an atomic `apply`.
public struct Change: Sendable {
  /// What happens to the record.
  public enum Operation: Sendable {
    /// Writes the whole record.
    case put(value: [UInt8], expiry: UnixTime?, indexes: [IndexEntry])
    /// Removes it; removing an absent record is fine unless the expectation says otherwise.
    case delete
    /// Writes nothing: only the expectation counts.
    case check
  }

  /// What must be true of the record when the change is applied.
  public enum Expectation: Hashable, Sendable {
    /// Anything.
    case any
    /// There is none (or only an expired one).
    case absent
    /// It is there with exactly this version.
    case exact(RecordVersion)
  }

  /// The record.
  public let key: RecordKey
  /// The operation.
  public let operation: Operation
  /// The precondition; if it does not hold, nothing of the whole `apply` happens.
  public let expectation: Expectation

  /// A change.
  public init(_ key: RecordKey, _ operation: Operation, expecting expectation: Expectation) {
    self.key = key
    self.operation = operation
    self.expectation = expectation
  }
}
