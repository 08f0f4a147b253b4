public import Diagnostics

/// How many decisions are kept; zero keeps none.
public struct DecisionLimits: Sendable, Equatable {
  /// Refusals.
  public let refused: Int
  /// Issued tokens.
  public let issued: Int
  /// Requests that passed.
  public let passed: Int

  /// Limits for one loop.
  public init(refused: Int, issued: Int, passed: Int) {
    self.refused = refused
    self.issued = issued
    self.passed = passed
  }

  /// Nothing is kept.
  public static let none = DecisionLimits(refused: 0, issued: 0, passed: 0)
}

/// What a log of decisions holds of one kind, and since when.
public struct DecisionSpan: Sendable {
  /// Which kind.
  public let outcome: Decision.Outcome
  /// How many are kept.
  public let count: Int
  /// The time of the oldest; nil if there is none.
  public let oldest: UnixTime?
}

/// The last decisions of one loop: refusals, issuances and passes each in a ring of their own, so
/// that what goes well cannot push out what did not.
///
/// Bound to its loop, and so without a lock. A full ring changes its oldest entry for the new one,
/// whose place takes over its memory: nothing is allocated.
struct DecisionLog {
  private var passed: Ring
  private var issued: Ring
  private var refused: Ring

  let isOn: Bool

  init(_ limits: DecisionLimits) {
    passed = Ring(capacity: limits.passed)
    issued = Ring(capacity: limits.issued)
    refused = Ring(capacity: limits.refused)
    isOn = limits != .none
  }

  /// Keeps an entry, and gives back another whose contents are over.
  mutating func keep(_ entry: inout AccessEntry) {
    switch entry.outcome {
    case .passed: passed.keep(&entry)
    case .issued: issued.keep(&entry)
    case .refused: refused.keep(&entry)
    }
  }

  func find(_ id: RequestID) -> Decision? {
    refused.find(id) ?? issued.find(id) ?? passed.find(id)
  }

  /// The newest of one kind, newest first.
  func newest(_ outcome: Decision.Outcome, count: Int) -> [Decision] {
    ring(outcome).newest(count)
  }

  var spans: [DecisionSpan] {
    Decision.Outcome.allCases.map { outcome in
      let ring = ring(outcome)
      return DecisionSpan(outcome: outcome, count: ring.count, oldest: ring.oldest)
    }
  }

  private func ring(_ outcome: Decision.Outcome) -> Ring {
    switch outcome {
    case .passed: passed
    case .issued: issued
    case .refused: refused
    }
  }
}

/// As many entries as fit; the next one takes the place of the oldest.
private struct Ring {
  private var entries: [AccessEntry] = []
  private var next = 0
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  var count: Int { entries.count }

  var oldest: UnixTime? {
    guard !entries.isEmpty else { return nil }
    return entries[entries.count < capacity ? 0 : next].time
  }

  mutating func keep(_ entry: inout AccessEntry) {
    guard capacity > 0 else { return }
    if entries.count < capacity {
      entries.append(entry)
      entry = AccessEntry()
    } else {
      swap(&entries[next], &entry)
      next += 1
      if next == capacity { next = 0 }
    }
  }

  func find(_ id: RequestID) -> Decision? { entries.first { $0.id == id }.map(Decision.init) }

  func newest(_ count: Int) -> [Decision] {
    let inOrder = entries[next...] + entries[..<next]
    return inOrder.suffix(count).reversed().map(Decision.init)
  }
}
