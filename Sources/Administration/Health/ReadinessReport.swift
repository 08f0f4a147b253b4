public import Diagnostics
internal import Synchronization

/// Says in the log when readiness ends and when it is back, not at every question.
public final class ReadinessReport: Sendable {
  private let log: Log
  private let last = Mutex<[HealthFault?]>([])

  /// A report to a log.
  public init(log: Log) { self.log = log }

  /// Compares the components with the last time.
  public func note(_ components: [Readiness.Component]) {
    let faults = components.map(\.fault)
    let before = last.withLock { last in
      defer { last = faults }
      return last
    }
    let wasReady = before.allSatisfy { $0 == nil }
    let isReady = faults.allSatisfy { $0 == nil }
    // The detail may count seconds; what is wrong changes with the reason.
    let isSame = before.map { $0?.reason } == faults.map { $0?.reason }
    guard wasReady != isReady || !isSame else { return }
    for component in components {
      guard let fault = component.fault else { continue }
      log.write(
        .error, "health.ended", "not ready: a component is not well",
        [
          LogField("component", component.name), LogField(reason: fault.reason),
          LogField("detail", fault.detail),
        ])
    }
    if isReady, !wasReady {
      log.write(.notice, "health.restored", "ready: every component is well again")
    }
  }
}
