internal import Diagnostics
internal import Ports
internal import Synchronization
internal import Transport

/// Counts what storage is asked, and shows what it said last of its contents.
final class StorageMeter: Sendable {
  private let operations: CounterTable
  private let durations: [Histogram]
  private let swept: Counter
  private let contents = Mutex<StorageStatistics?>(nil)

  /// What a store can be asked.
  enum Operation: Int, CaseIterable {
    case get
    case find
    case scan
    case apply
    case sweep
    case health
    case statistics
    case backup
  }

  private static let operations = MetricDefinition(
    .counter, "sallyport_storage_operations", "Calls of the storage, by how they ended.",
    labels: ["operation", "outcome"])
  private static let durations = MetricDefinition(
    .histogram, "sallyport_storage_operation_duration_seconds",
    "From a call of the storage to its answer, queues included.", labels: ["operation"])
  private static let swept = MetricDefinition(
    .counter, "sallyport_storage_swept_records", "Expired records removed.")
  private static let records = MetricDefinition(
    .gauge, "sallyport_storage_records",
    "Records by kind, expired ones included, as last counted (once a minute at most).",
    labels: ["kind"])
  private static let expired = MetricDefinition(
    .gauge, "sallyport_storage_expired_records",
    "Records that have expired and are not swept yet, as last counted.")
  private static let lag = MetricDefinition(
    .gauge, "sallyport_storage_sweep_lag_seconds",
    "For how long the oldest of those had been expired when last counted.")
  private static let bytes = MetricDefinition(
    .gauge, "sallyport_storage_size_bytes", "What the records take, as the storage says.")

  private static let outcomes = [
    "ok", "conflict", "busy", "unknown", "full", "read_only", "unavailable", "invalid",
  ]

  init(_ registry: MetricRegistry) {
    operations = registry.table(
      Self.operations, varying: Operation.allCases.map { "\($0)" }, Self.outcomes, sparse: true)
    durations = Operation.allCases.map { registry.histogram(Self.durations, "\($0)") }
    swept = registry.counter(Self.swept)
    registry.observe(Self.records) { [self] in
      contents.withLock { $0?.records ?? [] }.map {
        MetricSample(Double($0.count), labels: [$0.kind])
      }
    }
    observe(Self.expired, in: registry) { $0.expired.map { Double($0) } }
    observe(Self.lag, in: registry) { $0.sweepLag.map { Double($0.milliseconds) / 1000 } }
    observe(Self.bytes, in: registry) { $0.bytes.map { Double($0) } }
  }

  private func observe(
    _ definition: MetricDefinition, in registry: MetricRegistry,
    _ read: @escaping @Sendable (StorageStatistics) -> Double?
  ) {
    registry.observe(definition) { [self] in
      contents.withLock { $0 }.flatMap(read).map { [MetricSample($0)] } ?? []
    }
  }

  /// Takes what the storage says of its contents.
  func note(_ statistics: StorageStatistics) { contents.withLock { $0 = statistics } }

  func countSwept(_ count: Int) { swept.add(UInt64(max(0, count))) }

  /// Microseconds of the monotonic clock.
  static func now() -> UInt64 { EventLoop.monotonicMicroseconds() }

  func count(_ operation: Operation, _ error: StorageError?, since begin: UInt64) {
    operations.add(operation.rawValue, Self.place(error))
    durations[operation.rawValue].observe(microseconds: Self.now() &- begin)
  }

  private static func place(_ error: StorageError?) -> Int {
    switch error {
    case nil: 0
    case .conflict: 1
    case .busy: 2
    case .unknown: 3
    case .full: 4
    case .readOnly: 5
    case .unavailable: 6
    case .invalid: 7
    }
  }
}
