internal import Diagnostics
internal import PluginHost
internal import Ports

/// A store whose operations are counted and timed; what they do and answer stays as it is.
final class MeasuredStore: RecordStore, StorageMaintenance {
  /// The store itself.
  let store: PluginRecordStore
  private let meter: StorageMeter

  init(_ store: PluginRecordStore, _ meter: StorageMeter) {
    self.store = store
    self.meter = meter
  }

  var capabilities: StorageCapabilities { store.capabilities }

  func get(_ key: RecordKey, _ context: CallContext) throws(StorageError) -> Record? {
    try measured(.get) { () throws(StorageError) in try store.get(key, context) }
  }

  func find(
    _ kind: RecordKind, _ entry: IndexEntry, after cursor: RecordCursor?, limit: Int,
    _ context: CallContext
  ) throws(StorageError) -> RecordPage {
    try measured(.find) { () throws(StorageError) in
      try store.find(kind, entry, after: cursor, limit: limit, context)
    }
  }

  func scan(
    _ kind: RecordKind, after cursor: RecordCursor?, limit: Int, _ context: CallContext
  ) throws(StorageError) -> RecordPage {
    try measured(.scan) { () throws(StorageError) in
      try store.scan(kind, after: cursor, limit: limit, context)
    }
  }

  func apply(
    _ changes: [Change], _ context: CallContext,
    completion: @escaping @Sendable (Result<[RecordVersion?], StorageError>) -> Void
  ) {
    let begin = StorageMeter.now()
    store.apply(changes, context) { [meter] result in
      switch result {
      case .success: meter.count(.apply, nil, since: begin)
      case .failure(let error): meter.count(.apply, error, since: begin)
      }
      completion(result)
    }
  }

  func sweep(limit: Int, _ context: CallContext) throws(StorageError) -> Int {
    let removed = try measured(.sweep) { () throws(StorageError) in
      try store.sweep(limit: limit, context)
    }
    meter.countSwept(removed)
    return removed
  }

  func health(_ context: CallContext) throws(StorageError) {
    try measured(.health) { () throws(StorageError) in try store.health(context) }
  }

  func statistics(_ context: CallContext) throws(StorageError) -> StorageStatistics {
    try measured(.statistics) { () throws(StorageError) in try store.statistics(context) }
  }

  func backup(to destination: String, _ context: CallContext) throws(StorageError) {
    try measured(.backup) { () throws(StorageError) in
      try store.backup(to: destination, context)
    }
  }

  private func measured<Value>(
    _ operation: StorageMeter.Operation, _ body: () throws(StorageError) -> Value
  ) throws(StorageError) -> Value {
    let begin = StorageMeter.now()
    do throws(StorageError) {
      let value = try body()
      meter.count(operation, nil, since: begin)
      return value
    } catch {
      meter.count(operation, error, since: begin)
      throw error
    }
  }
}
