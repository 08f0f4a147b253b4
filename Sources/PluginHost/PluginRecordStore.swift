internal import CSallyport
internal import Diagnostics
public import Ports

/// A store of a plugin, opened for a config entry.
public final class PluginRecordStore: RecordStore, @unchecked Sendable {
  // The table is constant, and the ABI has an instance take calls on any thread.
  let table: sp_storage
  let instance: UnsafeMutableRawPointer?
  let host: HostTable

  /// What the store promises.
  public let capabilities: StorageCapabilities

  init(_ offer: StorageOffer, _ host: HostTable, _ context: CallContext) throws(PluginError) {
    var instance: UnsafeMutableRawPointer?
    let opened = host.setUp(context) { setup, context in
      offer.table.open(offer.table.`self`, host.pointer, setup, context, &instance)
    }
    guard opened.status == SP_OK else {
      throw .creationFailed(plugin: host.plugin, status: opened.status, faults: opened.reports)
    }
    table = offer.table
    self.instance = instance
    self.host = host
    capabilities = StorageCapabilities(rawValue: UInt64(table.capabilities(instance)))
  }

  // A stuck call may still be inside the instance; leaking it is better than pulling it away.
  deinit { if host.stuckCalls == 0 { table.close(instance) } }

  /// The name of the plugin.
  public var plugin: String { host.plugin }

  /// How many calls are past their deadline and have not come back.
  public var stuckCalls: Int { host.stuckCalls }

  /// Nil, or why the plugin is not to be asked now: too many of its calls have not returned.
  public var illness: String? { host.illness }

  /// The record, or nil if there is none or it has expired.
  public func get(_ key: RecordKey, _ context: CallContext) throws(StorageError) -> Record? {
    let arena = Arena()
    defer { arena.release() }
    let call = PluginCall(.records(limit: 1), host, context)
    let (status, outcome) = host.call(call, site: key.site) {
      table.get(instance, arena.text(key.kind.name), arena.bytes(key.key), $0)
    }
    let records = try read(status, outcome, key.kind, site: key.site)
    guard status == SP_OK else { return nil }
    guard let record = records.first, record.key == key else {
      throw .unavailable("plugin \(host.plugin): get said ok and gave no such record")
    }
    return record
  }

  /// The records of a kind that have an index entry, in the order of their keys.
  public func find(
    _ kind: RecordKind, _ entry: IndexEntry, after cursor: RecordCursor?, limit: Int,
    _ context: CallContext
  ) throws(StorageError) -> RecordPage {
    let arena = Arena()
    defer { arena.release() }
    var query = Self.query(kind, after: cursor, limit: limit, in: arena)
    query.index = arena.text(entry.name)
    query.value = arena.bytes(entry.value)
    return try page(&query, kind, limit, context) { table.find(instance, $0, $1) }
  }

  /// The records of a kind in the order of their keys.
  public func scan(
    _ kind: RecordKind, after cursor: RecordCursor?, limit: Int, _ context: CallContext
  ) throws(StorageError) -> RecordPage {
    let arena = Arena()
    defer { arena.release() }
    var query = Self.query(kind, after: cursor, limit: limit, in: arena)
    return try page(&query, kind, limit, context) { table.scan(instance, $0, $1) }
  }

  /// Applies all changes or none, and then calls `completion` exactly once, on any thread.
  public func apply(
    _ changes: [Change], _ context: CallContext,
    completion: @escaping @Sendable (Result<[RecordVersion?], StorageError>) -> Void
  ) {
    let arena = Arena()
    defer { arena.release() }
    let site = changes.first?.key.site ?? ""
    guard (1...256).contains(changes.count), changes.allSatisfy({ $0.key.site == site }) else {
      return completion(.failure(.invalid("an apply has 1 to 256 changes, all of one site")))
    }
    guard DeadlineWatch.shared.begin() else { return completion(.failure(.busy)) }
    let name = host.plugin
    let call = PluginCall(.apply(count: changes.count), host, context) { outcome in
      DeadlineWatch.shared.end()
      completion(Self.result(outcome, name))
    }
    let table = arena.array(changes.map { $0.table(in: arena) })
    host.callLater(call, site: site) { self.table.apply(instance, table, changes.count, $0) }
  }
}

extension PluginRecordStore {
  private static func query(
    _ kind: RecordKind, after cursor: RecordCursor?, limit: Int, in arena: Arena
  ) -> sp_query {
    var query = sp_query()
    query.size = abiSize(sp_query.self)
    query.flags = UInt32(SP_QUERY_INDEX)
    query.kind = arena.text(kind.name)
    query.after = arena.bytes(cursor?.bytes ?? [])
    query.limit = UInt32(clamping: max(1, min(limit, 1000)))
    return query
  }

  private func page(
    _ query: inout sp_query, _ kind: RecordKind, _ limit: Int, _ context: CallContext,
    _ body: (UnsafePointer<sp_query>, UnsafePointer<sp_context>) -> sp_status
  ) throws(StorageError) -> RecordPage {
    let most = Int(query.limit)
    let (status, outcome) = withUnsafePointer(to: &query) { query in
      host.call(PluginCall(.records(limit: most), host, context)) { body(query, $0) }
    }
    let records = try read(status, outcome, kind, site: "")
    guard status == SP_OK else { throw StorageError(status, outcome?.reported ?? "") }
    return RecordPage(
      records: records,
      next: records.count == most ? records.last.map { RecordCursor($0.key.key) } : nil)
  }

  /// The records of a call that ended well or found nothing.
  private func read(
    _ status: sp_status, _ outcome: PluginCall.Outcome?, _ kind: RecordKind, site: String
  ) throws(StorageError) -> [Record] {
    if case .failure(let fault)? = outcome?.answer {
      throw .unavailable("plugin \(host.plugin): \(fault.detail)")
    }
    guard status == SP_OK || status == SP_NOT_FOUND else {
      throw StorageError(status, outcome?.reported ?? "")
    }
    var records: [Record] = []
    for given in outcome?.records ?? [] {
      guard let record = given.record(kind, site: site) else {
        throw .unavailable("plugin \(host.plugin): gave a record of kind \(given.kind)")
      }
      records.append(record)
    }
    return records
  }

  private static func result(_ outcome: PluginCall.Outcome, _ plugin: String)
    -> Result<[RecordVersion?], StorageError>
  {
    switch outcome.answer {
    case .success(.applied(.failure(let error))):
      return .failure(error.detailed(outcome.reported))
    case .success(.applied(let result)): return result
    case .failure(let fault): return .failure(.unknown("plugin \(plugin): \(fault.detail)"))
    case .success, nil: return .failure(.unknown("plugin \(plugin): answered something else"))
    }
  }
}

extension StorageError {
  /// The same error with what the plugin reported, where there is room for it.
  fileprivate func detailed(_ detail: String) -> StorageError {
    guard !detail.isEmpty else { return self }
    switch self {
    case .conflict, .busy: return self
    case .unknown: return .unknown(detail)
    case .full: return .full(detail)
    case .readOnly: return .readOnly(detail)
    case .unavailable: return .unavailable(detail)
    case .invalid: return .invalid(detail)
    }
  }
}

extension Change {
  /// The change in the shape of the ABI, in memory of the arena.
  fileprivate func table(in arena: Arena) -> sp_change {
    var table = sp_change()
    table.size = abiSize(sp_change.self)
    table.kind = arena.text(key.kind.name)
    table.key = arena.bytes(key.key)
    switch operation {
    case .put(let value, let expiry, let indexes):
      table.action = UInt32(SP_PUT)
      table.value = arena.bytes(value)
      table.expires = expiry?.milliseconds ?? 0
      table.index = arena.array(
        indexes.map {
          sp_index_entry(
            size: abiSize(sp_index_entry.self), name: arena.text($0.name),
            value: arena.bytes($0.value))
        })
      table.index_count = indexes.count
    case .delete: table.action = UInt32(SP_DELETE)
    case .check: table.action = UInt32(SP_CHECK)
    }
    switch expectation {
    case .any: table.expect = UInt32(SP_ANY)
    case .absent: table.expect = UInt32(SP_ABSENT)
    case .exact(let version):
      table.expect = UInt32(SP_EXACT)
      table.version = version.number
    }
    return table
  }
}
