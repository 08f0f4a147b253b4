public import Diagnostics

/// Counts how presented tokens are judged; one for the verifiers of all loops.
public struct VerifierMeter: Sendable {
  private let outcomes: CounterTable
  private let lookups: CounterTable
  private let entries: Gauge
  private let bytes: Gauge

  private static let outcomes = MetricDefinition(
    .counter, "sallyport_token_verifications",
    "Presented tokens: `verified` anew, `cached`, `looked_up` in storage, or why they were refused.",
    labels: ["outcome"])
  private static let lookups = MetricDefinition(
    .counter, "sallyport_token_cache_lookups", "Look-ups of verified tokens, by `hit` or `miss`.",
    labels: ["result"])
  private static let entries = MetricDefinition(
    .gauge, "sallyport_token_cache_entries", "Verified tokens that are remembered, on all loops.")
  private static let bytes = MetricDefinition(
    .gauge, "sallyport_token_cache_bytes", "What those take, roughly.")

  /// How a token was found to be good.
  enum Acceptance: Int, CaseIterable {
    case verified
    case cached
    case lookedUp

    var name: String { self == .lookedUp ? "looked_up" : "\(self)" }
  }

  private static let reasons = ReasonCode.allCases.filter {
    $0.rawValue.hasPrefix("token.") || $0.rawValue.hasPrefix("jwe.")
  }

  /// A meter in a registry.
  public init(_ registry: MetricRegistry) {
    outcomes = registry.table(
      Self.outcomes,
      varying: Acceptance.allCases.map(\.name) + Self.reasons.map(\.rawValue), sparse: true)
    lookups = registry.table(Self.lookups, varying: ["hit", "miss"])
    entries = registry.gauge(Self.entries)
    bytes = registry.gauge(Self.bytes)
  }

  /// A meter that nobody reads.
  public init() { self.init(MetricRegistry()) }

  /// Counts a refusal; acceptances are counted where it is known what they took.
  func count(_ verdict: TokenVerdict) {
    guard case .refused(let refusal) = verdict,
      let place = Self.reasons.firstIndex(of: refusal.code)
    else { return }
    outcomes.add(Acceptance.allCases.count + place)
  }

  /// Counts a token that is remembered from now on, and says what this loop's cache holds.
  func count(_ acceptance: Acceptance, entries count: Int, bytes size: Int) {
    outcomes.add(acceptance.rawValue)
    entries.setShare(count)
    bytes.setShare(size)
  }

  /// Counts a look-up that found a token, which may have been revoked since.
  func count(cached verdict: TokenVerdict) {
    lookups.add(0)
    if case .verified = verdict { outcomes.add(Acceptance.cached.rawValue) }
  }

  func countMiss() { lookups.add(1) }
}
