internal import SallyportPlugin

/// One `apply` in the writer's queue, and how it is carried out inside a transaction.
struct Write: Sendable {
  let changes: [RecordChange]
  let call: ApplyCall

  /// What came of it inside the transaction.
  enum Result: Sendable {
    /// Done, with these versions, if the transaction commits.
    case applied([UInt64])
    /// Nothing of it was done.
    case refused(StorageFault)
  }

  init(_ changes: [RecordChange], _ call: ApplyCall) {
    self.changes = changes
    self.call = call
  }

  /// Checks all expectations before anything is written, so a conflict leaves nothing behind.
  func perform(_ connection: Connection, _ versions: inout UInt64) throws(SQLiteFault) -> Result {
    guard !call.context.isCancelled else {
      return .refused(StorageFault(.cancelled, "the deadline passed in the writer's queue"))
    }
    for (position, change) in changes.enumerated() {
      guard try holds(change, connection) else {
        return .refused(StorageFault(.conflict(position)))
      }
    }
    var given: [UInt64] = []
    given.reserveCapacity(changes.count)
    for change in changes { given.append(try write(change, connection, &versions)) }
    return .applied(given)
  }

  private func holds(_ change: RecordChange, _ connection: Connection) throws(SQLiteFault) -> Bool {
    if change.expectation == .any { return true }
    let statement = try connection.statement(
      "SELECT version, expires FROM record WHERE site = ? AND kind = ? AND key = ?")
    defer { statement.reset() }
    bind(change, to: statement)
    var version: UInt64?
    if try statement.step() {
      let expires = statement.number(1)
      let isThere = expires == 0 || expires > call.context.time
      version = isThere ? UInt64(bitPattern: statement.number(0)) : nil
    }
    switch change.expectation {
    case .any: return true
    case .absent: return version == nil
    case .exact(let expected): return version == expected
    }
  }

  private func write(_ change: RecordChange, _ connection: Connection, _ versions: inout UInt64)
    throws(SQLiteFault) -> UInt64
  {
    switch change.action {
    case .check: return 0
    case .delete:
      try removeEntries(change, connection)
      let statement = try connection.statement(
        "DELETE FROM record WHERE site = ? AND kind = ? AND key = ?")
      bind(change, to: statement)
      try statement.run()
      return 0
    case .put(let value, let expires, let index):
      versions += 1
      try removeEntries(change, connection)
      let statement = try connection.statement(
        """
        INSERT INTO record (site, kind, key, version, expires, value) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET version = excluded.version, expires = excluded.expires,
        value = excluded.value
        """)
      bind(change, to: statement)
      statement.bind(4, Int64(bitPattern: versions))
      statement.bind(5, expires)
      statement.bind(6, value)
      try statement.run()
      for entry in index { try add(entry, of: change, connection) }
      return versions
    }
  }

  private func removeEntries(_ change: RecordChange, _ connection: Connection)
    throws(SQLiteFault)
  {
    let statement = try connection.statement(
      "DELETE FROM entry WHERE site = ? AND kind = ? AND key = ?")
    bind(change, to: statement)
    try statement.run()
  }

  private func add(_ entry: IndexEntry, of change: RecordChange, _ connection: Connection)
    throws(SQLiteFault)
  {
    let statement = try connection.statement(
      "INSERT OR IGNORE INTO entry (site, kind, key, name, value) VALUES (?, ?, ?, ?, ?)")
    bind(change, to: statement)
    statement.bind(4, entry.name)
    statement.bind(5, entry.value)
    try statement.run()
  }

  private func bind(_ change: RecordChange, to statement: Statement) {
    statement.bind(1, call.site)
    statement.bind(2, change.kind)
    statement.bind(3, change.key)
  }
}
