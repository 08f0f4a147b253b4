internal import CSQLite

/// One connection to the database, for one thread at a time.
final class Connection {
  let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens an existing file; NOMUTEX, for whoever holds the connection is alone with it.
  init(_ path: String, readOnly: Bool, busyTimeout: Int32) throws(SQLiteFault) {
    var opened: OpaquePointer?
    let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    let code = sqlite3_open_v2(
      path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let opened else {
      let fault = SQLiteFault(
        code: code, detail: "opening \(path): \(String(cString: sqlite3_errstr(code))) (\(code))")
      // A handle may be there even when opening failed; closing it cannot fail then.
      sqlite3_close_v2(opened)
      throw fault
    }
    handle = opened
    sqlite3_busy_timeout(handle, busyTimeout)
    // What the schema of a tampered file could call is switched off.
    try execute("PRAGMA trusted_schema = OFF")
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs statements that return no rows.
  func execute(_ sql: String) throws(SQLiteFault) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw SQLiteFault(handle, sql)
    }
  }

  /// The first column of the first row as a number; nil without a row.
  func number(_ sql: String) throws(SQLiteFault) -> Int64? {
    let statement = try statement(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.number(0) : nil
  }

  /// The first column of the first row as a text; nil without a row.
  func text(_ sql: String) throws(SQLiteFault) -> String? {
    let statement = try statement(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  /// A prepared statement, kept for the next time; the caller resets it.
  func statement(_ sql: String) throws(SQLiteFault) -> Statement {
    if let kept = statements[sql] { return kept }
    let made = try Statement(handle, sql)
    statements[sql] = made
    return made
  }

  /// Whether the database cannot be written through this connection.
  var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

  /// Whether the file is no longer where it was opened: removed, renamed or replaced.
  var hasMoved: Bool {
    var moved: Int32 = 0
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
    return moved != 0
  }

  /// Whether a transaction is open.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}
