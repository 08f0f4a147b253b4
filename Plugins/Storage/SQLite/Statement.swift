internal import CSQLite

/// A prepared statement of one connection.
final class Statement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ connection: OpaquePointer, _ sql: String) throws(SQLiteFault) {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw SQLiteFault(connection, sql) }
    handle = prepared
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Makes it ready for the next run and lets go of what was bound.
  func reset() {
    // The code of a reset is that of the step before it, which has been handled.
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Goes to the next row; false at the end.
  func step() throws(SQLiteFault) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw SQLiteFault(connection, String(cString: sqlite3_sql(handle)))
    }
  }

  /// Runs it to its end and makes it ready again.
  func run() throws(SQLiteFault) {
    defer { reset() }
    while try step() {}
  }

  // Binding fails only for an index that the SQL does not have, which is a mistake in this plugin
  // that every test of the statement meets, or without memory, which the step then tells.

  func bind(_ index: Int32, _ number: Int64) { sqlite3_bind_int64(handle, index, number) }

  func bind(_ index: Int32, _ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { characters in
        _ = sqlite3_bind_text64(
          handle, index, characters.baseAddress, UInt64(characters.count), sp_sqlite_transient(),
          UInt8(SQLITE_UTF8))
      }
    }
  }

  /// Binds bytes, which SQLite copies; a nil pointer would bind NULL, so no bytes are a zero blob.
  func bind(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else {
      sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    sqlite3_bind_blob64(
      handle, index, bytes.baseAddress, UInt64(bytes.count), sp_sqlite_transient())
  }

  func bind(_ index: Int32, _ bytes: [UInt8]) { bytes.withUnsafeBytes { bind(index, $0) } }

  func number(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// The bytes of a column, valid until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }

  func text(_ column: Int32) -> String {
    String(decoding: bytes(column), as: UTF8.self)
  }
}
