internal import Glibc
internal import SallyportPlugin

/// A consistent copy of the database in a new file.
enum Backup {
  /// Makes the empty file, which SQLite then fills: nobody else ever may read it.
  static func create(_ path: String) throws(StorageFault) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw StorageFault(.invalid, "\(path): \(String(cString: strerror(errno)))")
    }
    close(descriptor)
  }

  /// Fills it, and proves that the copy is whole; a copy that is not is removed.
  static func write(_ reader: Connection, to path: String) throws(SQLiteFault) {
    do throws(SQLiteFault) {
      let statement = try Statement(reader.handle, "VACUUM INTO ?")
      statement.bind(1, path)
      try statement.run()
      let copy = try Connection(path, readOnly: true, busyTimeout: 0)
      let verdict = try copy.text("PRAGMA integrity_check") ?? ""
      guard verdict == "ok" else {
        throw SQLiteFault(code: 11, detail: "the copy \(path) is damaged: \(verdict)")
      }
    } catch {
      unlink(path)
      throw error
    }
  }
}
