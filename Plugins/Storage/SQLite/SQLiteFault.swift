internal import CSQLite
internal import SallyportPlugin

/// What SQLite says when it does not do something, with the words for the operator.
struct SQLiteFault: Error {
  /// The extended result code.
  let code: Int32
  /// What was being done, and what SQLite says of it.
  let detail: String

  init(code: Int32, detail: String) {
    self.code = code
    self.detail = detail
  }

  /// The fault that a connection has just met.
  init(_ connection: OpaquePointer?, _ doing: String) {
    code = sqlite3_extended_errcode(connection)
    detail = "\(doing): \(String(cString: sqlite3_errmsg(connection))) (\(code))"
  }

  /// The fault as storage has it; a commit whose write failed may be on disk or not.
  func storageFault(committing: Bool = false) -> StorageFault {
    StorageFault(kind(committing: committing), detail)
  }

  private func kind(committing: Bool) -> StorageFault.Kind {
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .full
    case SQLITE_READONLY, SQLITE_PERM: .readOnly
    case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
    case SQLITE_TOOBIG: .tooLarge
    case SQLITE_IOERR: committing ? .unknown : .unavailable
    case SQLITE_CANTOPEN: .unavailable
    case SQLITE_INTERRUPT: .cancelled
    default: committing ? .unknown : .failed
    }
  }
}
