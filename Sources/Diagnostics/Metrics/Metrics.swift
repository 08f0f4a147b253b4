/// A number that only grows; cheap from any thread.
public struct Counter: Sendable {
  let cells: MetricCells

  /// Counts one, or as many as are said.
  public func add(_ amount: UInt64 = 1) { cells.add(amount, at: 0) }
}

/// Counters of one metric whose last labels take every value of closed lists.
public struct CounterTable: Sendable {
  let cells: MetricCells
  /// How many values the last label has.
  let columns: Int

  /// Counts one for the value at a place of the only list.
  public func add(_ index: Int) {
    guard index >= 0, index < cells.count else { return }
    cells.add(1, at: index)
  }

  /// Counts one for a value of the first list and one of the second.
  public func add(_ row: Int, _ column: Int) { add(row &* columns &+ column) }
}

/// A number that goes up and down; each thread adds to its own share or sets it.
public struct Gauge: Sendable {
  let cells: MetricCells

  /// Adds, or takes away what is negative.
  public func add(_ difference: Int) {
    cells.add(UInt64(bitPattern: Int64(difference)), at: 0)
  }

  /// Replaces what this event loop contributes; from threads without a shard, what all those do.
  public func setShare(_ value: Int) { cells.set(UInt64(bitPattern: Int64(value)), at: 0) }
}

/// Durations counted by size.
public struct Histogram: Sendable {
  let cells: MetricCells

  /// The upper bounds in microseconds; what is longer counts under `+Inf`.
  static let bounds: [UInt64] = [
    100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000, 5_000_000, 10_000_000,
  ]

  /// Counts one duration.
  public func observe(microseconds duration: UInt64) {
    var bucket = 0
    while bucket < Self.bounds.count, duration > Self.bounds[bucket] { bucket += 1 }
    cells.add(1, at: bucket)
    cells.add(duration, at: Self.bounds.count + 1)
  }
}

/// One value that is read when metrics are scraped.
public struct MetricSample: Sendable {
  /// The values of the definition's labels, in its order.
  public let labels: [String]
  /// The value.
  public let value: Double

  /// A sample.
  public init(_ value: Double, labels: [String] = []) {
    self.value = value
    self.labels = labels
  }
}
