internal import CSQLite
internal import SallyportPlugin

/// Records in an SQLite database: one writer thread with group commit, readers beside it.
///
/// WAL lets readers go on while the writer commits; a read sees every commit before it began.
final class SQLiteStorage: StoragePlugin {
  private let readers: ReaderPool
  private let writer: Writer
  private let isDurable: Bool

  init(configuration: SQLiteConfiguration, stateFolder: String, host: PluginHost)
    throws(PluginFault)
  {
    let file = try DatabaseFile(configuration.path, in: stateFolder)
    do throws(SQLiteFault) {
      let connection = try Connection(
        file.path, readOnly: false, busyTimeout: configuration.busyTimeout)
      try Self.prepare(connection, configuration)
      readers = ReaderPool(file.path, busyTimeout: configuration.busyTimeout)
      writer = try Writer(connection, queue: configuration.queue, group: configuration.group)
      isDurable = configuration.synchronous == .full
    } catch {
      throw PluginFault(at: "/path", "\(file.path): \(error.detail)")
    }
  }

  var capabilities: StorageCapabilities { isDurable ? [.durable, .linearizable] : [.linearizable] }

  private static func prepare(_ connection: Connection, _ configuration: SQLiteConfiguration)
    throws(SQLiteFault)
  {
    guard !connection.isReadOnly else { return }
    // Only an empty file takes these two; on others they change nothing.
    try connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    try connection.execute("PRAGMA journal_mode = WAL")
    try connection.execute("PRAGMA synchronous = \(configuration.synchronous.rawValue)")
    // A long backup lets the journal grow; afterwards it shrinks to this again.
    try connection.execute("PRAGMA journal_size_limit = 67108864")
    try Schema.prepare(connection)
    guard configuration.maximumBytes > 0 else { return }
    let page = try connection.number("PRAGMA page_size") ?? 4096
    // Executing it sets it; it never goes below what the file has.
    _ = try connection.number(
      "PRAGMA max_page_count = \(max(1, configuration.maximumBytes / max(1, page)))")
  }

  func get(_ kind: String, _ key: UnsafeRawBufferPointer, _ call: StorageCall)
    throws(StorageFault)
  {
    try reading { reader throws(SQLiteFault) in
      let statement = try reader.statement(
        "SELECT version, expires, value FROM record WHERE site = ? AND kind = ? AND key = ?")
      defer { statement.reset() }
      statement.bind(1, call.site)
      statement.bind(2, kind)
      statement.bind(3, key)
      guard try statement.step(), !call.isExpired(statement.number(1)) else { return }
      call.give(
        kind, key: key, value: statement.bytes(2),
        version: UInt64(bitPattern: statement.number(0)), expires: statement.number(1))
    }
  }

  func find(_ query: RecordQuery, _ call: StorageCall) throws(StorageFault) {
    try reading { reader throws(SQLiteFault) in try Page(query, call).find(reader) }
  }

  func scan(_ query: RecordQuery, _ call: StorageCall) throws(StorageFault) {
    try reading { reader throws(SQLiteFault) in try Page(query, call).scan(reader) }
  }

  func apply(_ changes: [RecordChange], _ call: ApplyCall) {
    writer.enqueue(Write(changes, call))
  }

  func sweep(limit: Int, _ call: StorageCall) throws(StorageFault) -> Int {
    try writer.wait { connection throws(SQLiteFault) in
      try Sweep.run(connection, limit: limit, time: call.context.time)
    }
  }

  func health(_ call: StorageCall) throws(StorageFault) {
    try reading { reader throws(SQLiteFault) in
      _ = try reader.number("SELECT value FROM counter WHERE name = 'version'")
    }
    // The writer's turn proves its thread and its lock; what it changes it takes back.
    _ = try writer.wait { connection throws(SQLiteFault) in
      // What is written to a file without a name is gone with the process.
      guard !connection.hasMoved else {
        throw SQLiteFault(code: SQLITE_CANTOPEN, detail: "the database file was moved or replaced")
      }
      try connection.execute("UPDATE counter SET value = value WHERE name = 'version'")
      return 0
    }
  }

  func statistics(_ call: StorageCall) throws(StorageFault) -> StorageStatistics {
    try reading { reader throws(SQLiteFault) in
      var records: [(kind: String, count: Int)] = []
      let statement = try reader.statement(
        "SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind")
      defer { statement.reset() }
      while try statement.step() {
        records.append((kind: statement.text(0), count: Int(statement.number(1))))
      }
      let pages = try reader.number("PRAGMA page_count") ?? 0
      let size = try reader.number("PRAGMA page_size") ?? 0
      let expired = try reader.statement(
        "SELECT count(*), min(expires) FROM record WHERE expires > 0 AND expires <= ?")
      defer { expired.reset() }
      expired.bind(1, call.context.time)
      guard try expired.step() else {
        return StorageStatistics(records: records, bytes: Int(pages * size))
      }
      return StorageStatistics(
        records: records, bytes: Int(pages * size), expired: Int(expired.number(0)),
        oldestExpiry: expired.number(1))
    }
  }

  func backup(to path: String, _ call: StorageCall) throws(StorageFault) {
    try Backup.create(path)
    try reading { reader throws(SQLiteFault) in try Backup.write(reader, to: path) }
  }

  func close() {
    writer.close()
    readers.close()
  }

  private func reading<Value>(_ body: (Connection) throws(SQLiteFault) -> Value)
    throws(StorageFault) -> Value
  {
    do throws(SQLiteFault) { return try readers.read(body) } catch { throw error.storageFault() }
  }
}
