public import Diagnostics

/// What accompanies a call to storage or a grant: whose request it is and how long it may take.
public struct CallContext: Sendable {
  /// The request on whose behalf the call is made; nil for the process's own work.
  public let request: RequestID?
  /// When the call began.
  public let now: UnixTime
  /// When its answer is of no more use.
  public let deadline: UnixTime

  /// A context.
  public init(request: RequestID?, now: UnixTime, deadline: UnixTime) {
    self.request = request
    self.now = now
    self.deadline = deadline
  }
}
