internal import Synchronization

/// Decides which traces are recorded, and keeps finished spans until they are exported.
///
/// Safe from any thread. It never waits: what does not fit is dropped and counted.
public final class Tracer: Sendable {
  private let threshold: UInt64
  private let capacity: Int
  private let waiting = Mutex(Waiting())
  private let outcomes: CounterTable

  private struct Waiting {
    var spans: [SpanRecord] = []
    var full = Int.max
    var wake: (@Sendable () -> Void)?
  }

  private static let spans = MetricDefinition(
    .counter, "sallyport_trace_spans",
    "Spans by what became of them: `exported`, `dropped` as the queue was full, or `failed`.",
    labels: ["outcome"])

  /// What became of a span.
  public enum Outcome: Int, CaseIterable, Sendable {
    /// The collector took it.
    case exported
    /// There was no room to keep it.
    case dropped
    /// The collector did not take it.
    case failed
  }

  /// A tracer that records this share of the traces that begin here, from 0 to 1.
  public init(sampling share: Double, capacity: Int, metrics: MetricRegistry) {
    let scaled = min(max(share, 0), 1) * 0x1p64
    threshold = scaled >= 0x1p64 ? .max : UInt64(scaled)
    self.capacity = capacity
    outcomes = metrics.table(Self.spans, varying: Outcome.allCases.map { "\($0)" })
  }

  /// Whether a trace that begins here is recorded; the same trace always is or never.
  public func samples(_ trace: TraceContext) -> Bool {
    threshold == .max || trace.traceLow < threshold
  }

  /// Keeps a finished span.
  public func record(_ span: SpanRecord) {
    let (isKept, wake) = waiting.withLock { waiting -> (Bool, (@Sendable () -> Void)?) in
      guard waiting.spans.count < capacity else { return (false, nil) }
      waiting.spans.append(span)
      return (true, waiting.spans.count == waiting.full ? waiting.wake : nil)
    }
    wake?()
    if !isKept { count(1, .dropped) }
  }

  /// Calls a closure, from any thread, whenever so many spans wait.
  public func wake(at count: Int, _ wake: @escaping @Sendable () -> Void) {
    waiting.withLock { waiting in
      waiting.full = count
      waiting.wake = wake
    }
  }

  /// Takes the oldest spans out, at most so many.
  public func take(upTo limit: Int) -> [SpanRecord] {
    waiting.withLock { waiting in
      let taken = Array(waiting.spans.prefix(limit))
      waiting.spans.removeFirst(taken.count)
      return taken
    }
  }

  /// Counts what became of spans.
  public func count(_ spans: Int, _ outcome: Outcome) {
    for _ in 0..<spans { outcomes.add(outcome.rawValue) }
  }
}
