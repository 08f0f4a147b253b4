internal import CSallyport
internal import Diagnostics
internal import OAuth
public import Ports

/// A grant of a plugin, made for a config entry.
public final class PluginGrant: Grant, @unchecked Sendable {
  // The table is constant, and the ABI has an instance take calls on any thread.
  private let table: sp_grant
  private let instance: UnsafeMutableRawPointer?
  private let host: HostTable
  private let lane: CallLane
  private let runsInline: Bool

  /// What the grant needs, fixed at load.
  public let declaration: GrantDeclaration

  init(_ offer: GrantOffer, _ host: HostTable, _ context: CallContext) throws(PluginError) {
    var instance: UnsafeMutableRawPointer?
    let made = host.setUp(context) { setup, context in
      offer.table.create(offer.table.`self`, host.pointer, setup, context, &instance)
    }
    guard made.status == SP_OK else {
      throw .creationFailed(plugin: host.plugin, status: made.status, faults: made.reports)
    }
    table = offer.table
    self.instance = instance
    self.host = host
    declaration = offer.declaration
    lane = CallLane(threads: host.entry.limits.threads)
    runsInline = declaration.isPure && host.entry.trustsPure
  }

  // A stuck call may still be inside the instance; leaking it is better than pulling it away.
  deinit {
    lane.close()
    if host.stuckCalls == 0 { table.destroy(instance) }
  }

  /// The name of the plugin that it belongs to.
  public var plugin: String { host.plugin }

  /// How many calls are past their deadline and have not come back.
  public var stuckCalls: Int { host.stuckCalls }

  /// Nil, or why the plugin is not to be asked now: too many of its calls have not returned.
  public var illness: String? { host.illness }

  /// Asks the plugin: on this thread if it is pure and trusted as such, else on one of its own.
  public func decide(_ request: TokenRequest, _ context: CallContext) throws(GrantFailure)
    -> GrantDecision
  {
    guard request.isConfidential || !declaration.isForConfidentialClients else {
      throw .denied(
        OAuthError(
          .unauthorized_client, "This grant_type is not for public clients.",
          reason: .grantConfidentialOnly))
    }
    let call = PluginCall(.decision, host, context)
    guard !runsInline else { return try read(ask(request, call)) }
    if let illness = host.illness { throw .unhealthy(illness) }
    let asked = lane.run(until: call.deadline) { self.ask(request, call) }
    guard let outcome = asked else {
      // The thread stays with the plugin; what it answers from now on is late.
      _ = call.end()
      throw broken(.deadline)
    }
    return try read(outcome)
  }

  private func ask(_ request: TokenRequest, _ call: PluginCall) -> PluginCall.Outcome? {
    let arena = Arena()
    defer { arena.release() }
    var asked = request.table(in: arena, declaration)
    return host.call(call) { table.decide(instance, &asked, $0) }.1
  }

  private func read(_ outcome: PluginCall.Outcome?) throws(GrantFailure) -> GrantDecision {
    switch outcome?.answer {
    case .success(.decision(let decision)): return decision
    case .success(.denial(let denial)): throw denial
    case .failure(let fault): throw broken(fault)
    case .success, nil: throw broken(.missing)
    }
  }

  private func broken(_ fault: AnswerFault) -> GrantFailure {
    .broken(reason: fault.code, detail: "plugin \(host.plugin): \(fault.detail)")
  }
}
