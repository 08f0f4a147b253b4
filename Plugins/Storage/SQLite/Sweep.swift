/// Takes expired records out, some at a time, so that no commit is long.
enum Sweep {
  static func run(_ connection: Connection, limit: Int, time: Int64) throws(SQLiteFault) -> Int {
    let expired = try places(connection, limit, time)
    for place in expired {
      try remove("entry", place, connection)
      try remove("record", place, connection)
    }
    // Gives some of the emptied pages back to the disk.
    if !expired.isEmpty { try connection.execute("PRAGMA incremental_vacuum(64)") }
    return expired.count
  }

  private struct Place {
    let site: String
    let kind: String
    let key: [UInt8]
  }

  private static func places(_ connection: Connection, _ limit: Int, _ time: Int64)
    throws(SQLiteFault) -> [Place]
  {
    let statement = try connection.statement(
      "SELECT site, kind, key FROM record WHERE expires > 0 AND expires <= ? LIMIT ?")
    defer { statement.reset() }
    statement.bind(1, time)
    statement.bind(2, Int64(limit))
    var places: [Place] = []
    while try statement.step() {
      places.append(
        Place(site: statement.text(0), kind: statement.text(1), key: Array(statement.bytes(2))))
    }
    return places
  }

  private static func remove(_ table: String, _ place: Place, _ connection: Connection)
    throws(SQLiteFault)
  {
    let statement = try connection.statement(
      "DELETE FROM \(table) WHERE site = ? AND kind = ? AND key = ?")
    statement.bind(1, place.site)
    statement.bind(2, place.kind)
    statement.bind(3, place.key)
    try statement.run()
  }
}
