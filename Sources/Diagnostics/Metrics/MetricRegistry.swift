internal import Synchronization

/// All metrics of the process: the place where they are made and from which they are scraped.
///
/// Safe from any thread. Making a metric twice gives the same cells, so that a reload goes on
/// counting; counting itself takes no lock.
public final class MetricRegistry: Sendable {
  /// Numbers of a series, and how many of its labels vary over lists.
  struct Series: Sendable {
    let labels: [String]
    let varying: [[String]]
    let showsZeros: Bool
    let cells: MetricCells
  }

  struct Family: Sendable {
    let definition: MetricDefinition
    var series: [Series] = []
    var observer: (@Sendable () -> [MetricSample])?
  }

  private struct State: ~Copyable {
    var families: [Family] = []
    var places: [String: Int] = [:]
    var supply = MetricCellSupply()
  }

  private let state = Mutex(State())

  /// A registry without metrics.
  public init() {}

  /// A counter with these values of the definition's labels.
  public func counter(_ definition: MetricDefinition, _ labels: String...) -> Counter {
    Counter(cells: series(definition, labels, count: 1).cells)
  }

  /// Counters whose last labels take every value of one or two lists.
  ///
  /// A sparse table shows only what has been counted.
  public func table(
    _ definition: MetricDefinition, _ labels: [String] = [], varying: [String]...,
    sparse: Bool = false
  ) -> CounterTable {
    let count = varying.reduce(1) { $0 * $1.count }
    let made = series(definition, labels, varying: varying, count: count, showsZeros: !sparse)
    return CounterTable(cells: made.cells, columns: varying.last?.count ?? 1)
  }

  /// A gauge with these values of the definition's labels.
  public func gauge(_ definition: MetricDefinition, _ labels: String...) -> Gauge {
    Gauge(cells: series(definition, labels, count: 1).cells)
  }

  /// A histogram with these values of the definition's labels.
  public func histogram(_ definition: MetricDefinition, _ labels: String...) -> Histogram {
    Histogram(cells: series(definition, labels, count: Histogram.bounds.count + 2).cells)
  }

  /// A metric whose values are read at each scrape; a later closure takes the place of a former.
  ///
  /// The closure must not block: a scrape answers even when everything else is stuck.
  public func observe(
    _ definition: MetricDefinition, _ read: @escaping @Sendable () -> [MetricSample]
  ) {
    state.withLock { state in
      let place = Self.place(definition, &state)
      state.families[place].observer = read
    }
  }

  /// Everything as it stands now, in the order in which it was made.
  func families() -> [Family] { state.withLock { $0.families } }

  private func series(
    _ definition: MetricDefinition, _ labels: [String], varying: [[String]] = [], count: Int,
    showsZeros: Bool = true
  ) -> Series {
    precondition(
      labels.count + varying.count == definition.labels.count,
      "\(definition.name) has the labels \(definition.labels)")
    return state.withLock { state in
      let place = Self.place(definition, &state)
      let made = state.families[place].series.first {
        $0.labels == labels && $0.varying == varying
      }
      if let made { return made }
      let series = Series(
        labels: labels, varying: varying, showsZeros: showsZeros,
        cells: state.supply.cells(count))
      state.families[place].series.append(series)
      return series
    }
  }

  private static func place(_ definition: MetricDefinition, _ state: inout State) -> Int {
    if let place = state.places[definition.name] { return place }
    state.families.append(Family(definition: definition))
    state.places[definition.name] = state.families.count - 1
    return state.families.count - 1
  }
}
