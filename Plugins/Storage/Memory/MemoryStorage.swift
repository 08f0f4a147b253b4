internal import SallyportPlugin

/// Records in memory: the contract of a store without the disk, for tests and demonstrations.
final class MemoryStorage: StoragePlugin, @unchecked Sendable {
  // `records` is only touched inside the lock.
  private let lock = PluginLock()
  private var records: Records

  init(configuration: MemoryConfiguration, stateFolder: String, host: PluginHost) {
    records = Records(maximumBytes: configuration.maximumBytes)
  }

  let capabilities: StorageCapabilities = [.linearizable, .getNeverWaits]

  func get(_ kind: String, _ key: UnsafeRawBufferPointer, _ call: StorageCall)
    throws(StorageFault)
  {
    let key = Array(key)
    let record = lock.locked { records.record(Shelf(call.site, kind), key) }
    guard let record, !call.isExpired(record.expires) else { return }
    give(kind, key, record, call, index: false)
  }

  func find(_ query: RecordQuery, _ call: StorageCall) throws(StorageFault) {
    guard let entry = query.entry else { return }
    page(query, call) { $0.keys($1, with: entry) }
  }

  func scan(_ query: RecordQuery, _ call: StorageCall) throws(StorageFault) {
    page(query, call) { $0.keys($1) }
  }

  func apply(_ changes: [RecordChange], _ call: ApplyCall) {
    do throws(StorageFault) {
      let versions = try lock.locked { () throws(StorageFault) in
        try records.apply(changes, site: call.site, time: call.context.time)
      }
      call.complete(versions: versions)
    } catch {
      call.fail(error)
    }
  }

  func sweep(limit: Int, _ call: StorageCall) throws(StorageFault) -> Int {
    lock.locked { records.sweep(limit: limit, time: call.context.time) }
  }

  func health(_ call: StorageCall) {}

  func statistics(_ call: StorageCall) -> StorageStatistics {
    lock.locked { records.statistics(at: call.context.time) }
  }

  func backup(to path: String, _ call: StorageCall) throws(StorageFault) {
    throw StorageFault(.unsupported, "a store in memory has nothing to back up; use storage-sqlite")
  }

  func close() {}

  private func page(
    _ query: RecordQuery, _ call: StorageCall, _ keys: (inout Records, Shelf) -> [[UInt8]]
  ) {
    let shelf = Shelf(call.site, query.kind)
    let found = lock.locked { () -> [([UInt8], StoredRecord)] in
      var found: [([UInt8], StoredRecord)] = []
      let keys = keys(&records, shelf)
      var position = keys.firstPosition(after: query.after)
      while position < keys.count, found.count < query.limit {
        let key = keys[position]
        if let record = records.record(shelf, key), !call.isExpired(record.expires) {
          found.append((key, record))
        }
        position += 1
      }
      return found
    }
    for (key, record) in found { give(query.kind, key, record, call, index: query.wantsIndex) }
  }

  private func give(
    _ kind: String, _ key: [UInt8], _ record: StoredRecord, _ call: StorageCall, index: Bool
  ) {
    key.withUnsafeBytes { key in
      record.value.withUnsafeBytes { value in
        call.give(
          kind, key: key, value: value, version: record.version, expires: record.expires,
          index: index ? record.index : [])
      }
    }
  }
}
