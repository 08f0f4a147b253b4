/// One `name: value` of a log line.
public struct LogField: Sendable {
  /// What a field can carry.
  ///
  /// There is no case for a secret.
  public enum Value: Sendable {
    /// Text; control characters are escaped when written.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// A number with a fraction.
    case number(Double)
    /// Yes or no.
    case truth(Bool)
  }

  /// What a field says beyond its text.
  public enum Role: Sendable, Equatable {
    /// Nothing.
    case plain
    /// Why something was refused.
    case reason(ReasonCode)
    /// That the audit log is to have it.
    case audit(AuditEvent)
  }

  /// The name, in snake case, stable between releases.
  public let name: StaticString
  /// The value.
  public let value: Value
  /// What it says beyond that.
  public let role: Role

  /// A field of text.
  public init(_ name: StaticString, _ value: String) {
    self.name = name
    self.value = .text(value)
    role = .plain
  }

  /// A field of text from whatever describes itself.
  public init(_ name: StaticString, _ value: some CustomStringConvertible) {
    self.name = name
    self.value = .text(value.description)
    role = .plain
  }

  /// A whole number.
  public init(_ name: StaticString, _ value: Int) {
    self.name = name
    self.value = .integer(Int64(value))
    role = .plain
  }

  /// A whole number of 64 bits.
  public init(_ name: StaticString, _ value: Int64) {
    self.name = name
    self.value = .integer(value)
    role = .plain
  }

  /// A number with a fraction.
  public init(_ name: StaticString, _ value: Double) {
    self.name = name
    self.value = .number(value)
    role = .plain
  }

  /// Yes or no.
  public init(_ name: StaticString, _ value: Bool) {
    self.name = name
    self.value = .truth(value)
    role = .plain
  }

  /// Why something was refused or went wrong.
  public init(reason: ReasonCode) {
    name = "reason"
    value = .text(reason.rawValue)
    role = .reason(reason)
  }

  /// What somebody has done or tried, for the audit log.
  public init(audit event: AuditEvent) {
    name = "audit"
    value = .text(event.rawValue)
    role = .audit(event)
  }
}
