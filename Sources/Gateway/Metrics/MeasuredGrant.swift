internal import Diagnostics
internal import OAuth
internal import PluginHost
internal import Ports
internal import Transport

/// A plugin's grant whose decisions are counted and timed; what it decides stays as it is.
struct MeasuredGrant: Grant {
  private let grant: PluginGrant
  private let calls: CounterTable
  private let durations: Histogram

  private static let calls = MetricDefinition(
    .counter, "sallyport_grant_decisions", "Calls of grant plugins, by how they ended.",
    labels: ["plugin", "grant_type", "outcome"])
  private static let durations = MetricDefinition(
    .histogram, "sallyport_grant_decision_duration_seconds",
    "From a call of a grant plugin to its answer.", labels: ["plugin", "grant_type"])

  private enum Outcome: Int, CaseIterable {
    case decided
    case denied
    case broken
    case unhealthy
  }

  init(_ grant: PluginGrant, _ registry: MetricRegistry) {
    self.grant = grant
    let type = grant.declaration.grantType.text
    calls = registry.table(
      Self.calls, [grant.plugin, type], varying: Outcome.allCases.map { "\($0)" })
    durations = registry.histogram(Self.durations, grant.plugin, type)
  }

  var declaration: GrantDeclaration { grant.declaration }

  func decide(_ request: TokenRequest, _ context: CallContext) throws(GrantFailure) -> GrantDecision
  {
    let begin = EventLoop.monotonicMicroseconds()
    do throws(GrantFailure) {
      let decision = try grant.decide(request, context)
      count(.decided, since: begin)
      return decision
    } catch {
      switch error {
      case .denied: count(.denied, since: begin)
      case .broken: count(.broken, since: begin)
      case .unhealthy: count(.unhealthy, since: begin)
      }
      throw error
    }
  }

  private func count(_ outcome: Outcome, since begin: UInt64) {
    calls.add(outcome.rawValue)
    durations.observe(microseconds: EventLoop.monotonicMicroseconds() &- begin)
  }
}
