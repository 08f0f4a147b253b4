internal import SallyportPlugin

/// One page of records, read in one transaction so that records and entries belong together.
struct Page {
  private let query: RecordQuery
  private let call: StorageCall

  init(_ query: RecordQuery, _ call: StorageCall) {
    self.query = query
    self.call = call
  }

  func find(_ reader: Connection) throws(SQLiteFault) {
    guard let entry = query.entry else { return }
    try inTransaction(reader) { () throws(SQLiteFault) in
      let statement = try reader.statement(
        """
        SELECT r.key, r.version, r.expires, r.value FROM entry e
        JOIN record r ON r.site = e.site AND r.kind = e.kind AND r.key = e.key
        WHERE e.site = ?1 AND e.kind = ?2 AND e.name = ?6 AND e.value = ?7 AND e.key > ?3
        AND (r.expires = 0 OR r.expires > ?4) ORDER BY e.key LIMIT ?5
        """)
      statement.bind(6, entry.name)
      statement.bind(7, entry.value)
      try give(statement, reader)
    }
  }

  func scan(_ reader: Connection) throws(SQLiteFault) {
    try inTransaction(reader) { () throws(SQLiteFault) in
      let statement = try reader.statement(
        """
        SELECT key, version, expires, value FROM record
        WHERE site = ?1 AND kind = ?2 AND key > ?3 AND (expires = 0 OR expires > ?4)
        ORDER BY key LIMIT ?5
        """)
      try give(statement, reader)
    }
  }

  private func give(_ statement: Statement, _ reader: Connection) throws(SQLiteFault) {
    defer { statement.reset() }
    statement.bind(1, call.site)
    statement.bind(2, query.kind)
    statement.bind(3, query.after)
    statement.bind(4, call.context.time)
    statement.bind(5, Int64(query.limit))
    while try statement.step() {
      let key = statement.bytes(0)
      call.give(
        query.kind, key: key, value: statement.bytes(3),
        version: UInt64(bitPattern: statement.number(1)), expires: statement.number(2),
        index: query.wantsIndex ? try entries(of: key, reader) : [])
    }
  }

  private func entries(of key: UnsafeRawBufferPointer, _ reader: Connection)
    throws(SQLiteFault) -> [IndexEntry]
  {
    let statement = try reader.statement(
      "SELECT name, value FROM entry WHERE site = ? AND kind = ? AND key = ? ORDER BY name, value")
    defer { statement.reset() }
    statement.bind(1, call.site)
    statement.bind(2, query.kind)
    statement.bind(3, key)
    var entries: [IndexEntry] = []
    while try statement.step() {
      entries.append(IndexEntry(name: statement.text(0), value: Array(statement.bytes(1))))
    }
    return entries
  }

  private func inTransaction(_ reader: Connection, _ body: () throws(SQLiteFault) -> Void)
    throws(SQLiteFault)
  {
    guard query.wantsIndex else { return try body() }
    try reader.execute("BEGIN")
    defer { Schema.rollBack(reader) }
    try body()
  }
}
