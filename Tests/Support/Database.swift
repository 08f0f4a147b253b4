import Foundation

extension Deployment {
  private var database: String { folder.path("state/sallyport.db") }

  /// Changes the database behind the program's back, as a broken disk or a hasty hand would.
  package func alter(_ statement: String) throws {
    let script = """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1], timeout=10)
      c.execute(sys.argv[2])
      c.commit()
      """
    let result = try execute("python3", ["-c", script, database, statement])
    guard result.exitCode == 0 else { throw Problem(result.errors) }
  }

  /// The first column of the first row that a query gives.
  package func query(_ statement: String) throws -> String {
    let script = """
      import sqlite3, sys
      print(sqlite3.connect(sys.argv[1], timeout=10).execute(sys.argv[2]).fetchone()[0])
      """
    let result = try execute("python3", ["-c", script, database, statement])
    guard result.exitCode == 0 else { throw Problem(result.errors) }
    return result.line
  }

  /// Holds the database's write lock from another process, until told to let go.
  package func lockDatabase() throws -> DatabaseLock {
    try DatabaseLock(database, in: folder)
  }
}

/// Another process that has the database locked.
package final class DatabaseLock {
  private let process: ChildProcess

  fileprivate init(_ database: String, in folder: ScratchFolder) throws {
    let script = """
      import sqlite3, sys, time
      c = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
      c.execute("BEGIN EXCLUSIVE")
      print("locked", flush=True)
      time.sleep(60)
      """
    process = try ChildProcess(
      "/usr/bin/env", ["python3", "-c", script, database],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], output: folder.path("lock.out"),
      errors: folder.path("lock.err"))
    try eventually(until: "the database is locked") {
      try folder.exists("lock.out") && folder.read("lock.out").contains("locked")
    }
  }

  /// Lets go.
  package func end() { process.send(SIGKILL) }
}
