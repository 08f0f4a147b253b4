/// The tables, and how a file comes to have them.
enum Schema {
  /// The version that this plugin writes; a newer one is refused, for it would be misread.
  static let version: Int64 = 1
  /// "SPRT": tells a database of ours from somebody else's.
  static let application: Int64 = 0x5350_5254

  private static let create = """
    PRAGMA application_id = \(application);
    PRAGMA user_version = \(version);
    CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    INSERT INTO counter VALUES ('version', 0);
    CREATE TABLE record (
      site TEXT NOT NULL, kind TEXT NOT NULL, key BLOB NOT NULL, version INTEGER NOT NULL,
      expires INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (site, kind, key)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX record_by_expiry ON record (expires) WHERE expires > 0;
    CREATE TABLE entry (
      site TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
      key BLOB NOT NULL, PRIMARY KEY (site, kind, name, value, key)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX entry_by_record ON entry (site, kind, key);
    """

  /// Makes the tables in an empty file, or checks that they are those of this version.
  static func prepare(_ connection: Connection) throws(SQLiteFault) {
    try connection.execute("BEGIN IMMEDIATE")
    do throws(SQLiteFault) {
      try prepareInTransaction(connection)
      try connection.execute("COMMIT")
    } catch {
      rollBack(connection)
      throw error
    }
  }

  private static func prepareInTransaction(_ connection: Connection) throws(SQLiteFault) {
    let tables = try connection.number("SELECT count(*) FROM sqlite_schema") ?? 0
    if tables == 0 { return try connection.execute(create) }
    let application = try connection.number("PRAGMA application_id") ?? 0
    guard application == Self.application else {
      throw SQLiteFault(
        code: 0, detail: "the file is a database of another program; name another path")
    }
    let found = try connection.number("PRAGMA user_version") ?? 0
    guard found == version else {
      throw SQLiteFault(
        code: 0,
        detail: "the file has schema version \(found), expected \(version); "
          + (found > version ? "update Sallyport" : "it was never released"))
    }
  }

  /// Ends a transaction that has failed; SQLite may have ended it already.
  static func rollBack(_ connection: Connection) {
    guard connection.isInTransaction else { return }
    // Closing or the next BEGIN tells if even this failed.
    try? connection.execute("ROLLBACK")
  }
}
