public import Diagnostics

/// What is wrong with a component.
public struct HealthFault: Sendable, Equatable {
  /// The stable reason code: what everybody may know.
  public let reason: ReasonCode
  /// What was found, for the operator only.
  public let detail: String

  /// A fault.
  public init(_ reason: ReasonCode, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}

/// One thing that must work for the gateway to be ready.
public struct HealthCheck: Sendable {
  /// Whether asking takes time.
  public enum Cost: Sendable {
    /// It looks at memory.
    case none
    /// It may wait: for a disk, for another process.
    case waits
  }

  /// The component's name in the answer and the log.
  public let name: String
  /// What asking costs.
  public let cost: Cost
  /// Returns nil when all is well, else what is wrong.
  public let fault: @Sendable () -> HealthFault?

  /// A check.
  public init(_ name: String, _ cost: Cost, fault: @escaping @Sendable () -> HealthFault?) {
    self.name = name
    self.cost = cost
    self.fault = fault
  }
}
