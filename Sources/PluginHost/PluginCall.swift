internal import CSallyport
internal import Diagnostics
internal import Ports

/// One call into a plugin, from its start to its one answer.
///
/// The plugin knows only the call's number. What it answers is copied before it gets here, and every
/// transition happens under the lock, so a late or second answer finds the call in another state.
final class PluginCall: Sendable {
  /// What may be answered.
  enum Kind: Sendable {
    case setup
    case decision
    case records(limit: Int)
    case text
    case apply(count: Int)
  }

  /// What the plugin answered.
  enum Answer: Sendable {
    case decision(GrantDecision)
    case denial(GrantFailure)
    case text([UInt8])
    case applied(Result<[RecordVersion?], StorageError>)
  }

  /// Everything that a call brought.
  struct Outcome: Sendable {
    var answer: Result<Answer, AnswerFault>?
    var records: [PluginRecord] = []
    var reports: [PluginConfigurationFault] = []

    /// The reports as one line of detail.
    var reported: String { reports.map(\.description).joined(separator: "; ") }
  }

  private struct State {
    var isOver = false
    var outcome = Outcome()
  }

  let kind: Kind
  let host: HostTable
  let context: CallContext
  /// CLOCK_MONOTONIC in milliseconds.
  let deadline: Int64
  /// For what completes later: runs once, on the thread that answers or that watches deadlines.
  private let completion: (@Sendable (Outcome) -> Void)?
  private let state = Guarded(State())

  static let mostReports = 64

  init(
    _ kind: Kind, _ host: HostTable, _ context: CallContext,
    completion: (@Sendable (Outcome) -> Void)? = nil
  ) {
    self.kind = kind
    self.host = host
    self.context = context
    self.completion = completion
    let span = context.deadline.milliseconds - context.now.milliseconds
    deadline = Monotonic.milliseconds() + max(0, min(span, 86_400_000))
  }

  var isOverdue: Bool { Monotonic.milliseconds() >= deadline }

  /// Takes the one answer; a second one fails a call that is still open.
  func accept(_ answer: Result<Answer, AnswerFault>, _ number: UInt64) -> sp_status {
    let (status, completed): (sp_status, Outcome?) = state.withLock { state in
      guard !state.isOver else { return (SP_LATE, nil) }
      guard state.outcome.answer == nil else {
        state.outcome.answer = .failure(.twice)
        return (SP_ANSWERED, nil)
      }
      state.outcome.answer = answer
      guard completion != nil else { return (answer.status, nil) }
      state.isOver = true
      return (answer.status, state.outcome)
    }
    if status == SP_LATE { host.noteLateAnswer(self) }
    if let completed { complete(completed, number) }
    return status
  }

  /// Takes one of several records.
  func accept(_ record: PluginRecord) -> sp_status {
    guard case .records(let limit) = kind else { return SP_INVALID }
    return state.withLock { state in
      guard !state.isOver else { return SP_LATE }
      guard state.outcome.records.count < limit else {
        state.outcome.answer = .failure(.tooLarge("the number of records"))
        return SP_TOO_LARGE
      }
      state.outcome.records.append(record)
      return SP_OK
    }
  }

  /// Notes an answer that could not even be read.
  func refuse(_ fault: AnswerFault) {
    state.withLock { state in
      if !state.isOver { state.outcome.answer = .failure(fault) }
    }
  }

  func report(_ fault: PluginConfigurationFault) -> sp_status {
    state.withLock { state in
      guard !state.isOver else { return SP_LATE }
      guard state.outcome.reports.count < Self.mostReports else { return SP_TOO_LARGE }
      state.outcome.reports.append(fault)
      return SP_OK
    }
  }

  /// Ends the call, after which any answer is late; nil if it was over already.
  func end() -> Outcome? {
    state.withLock { state in
      guard !state.isOver else { return nil }
      state.isOver = true
      return state.outcome
    }
  }

  /// Ends a call whose deadline has passed, for what completes later.
  func expire(_ number: UInt64) {
    guard var outcome = end() else { return }
    outcome.answer = .failure(.deadline)
    complete(outcome, number)
  }

  private func complete(_ outcome: Outcome, _ number: UInt64) {
    CallTable.shared.close(number)
    completion?(outcome)
  }
}

extension Result<PluginCall.Answer, AnswerFault> {
  /// What the plugin is told about its answer.
  fileprivate var status: sp_status {
    switch self {
    case .success: SP_OK
    case .failure(.tooLarge): SP_TOO_LARGE
    case .failure(.notGranted): SP_DENIED
    case .failure(.unsupported): SP_UNSUPPORTED
    case .failure: SP_INVALID
    }
  }
}
