internal import SallyportPlugin

/// The options of a store in SQLite.
struct SQLiteConfiguration: PluginConfiguration {
  /// How much a commit waits for the disk (PRAGMA synchronous).
  enum Synchronous: String, CaseIterable {
    /// Survives a loss of power: the default, and the only one that is called durable.
    case full
    /// May lose the last commits when power fails, never consistency.
    case normal
    /// May lose the database when power fails; for tests.
    case off
  }

  let path: String
  let synchronous: Synchronous
  /// How long SQLite waits for another process's lock, in milliseconds.
  let busyTimeout: Int32
  /// How many applies may wait for the writer before they are refused as busy.
  let queue: Int
  /// How many applies one commit takes at most.
  let group: Int
  /// The largest file, in bytes; 0 for what the disk has.
  let maximumBytes: Int64

  static let schema = """
    {"type":"object","additionalProperties":false,"properties":{
    "path":{"type":"string","minLength":1,"default":"sallyport.db",
    "description":"The database file, relative to the state folder."},
    "synchronous":{"enum":["full","normal","off"],"default":"full",
    "description":"How much a commit waits for the disk; only full survives a loss of power."},
    "busyTimeoutMilliseconds":{"type":"integer","minimum":0,"maximum":60000,"default":5000,
    "description":"How long to wait for another process's lock."},
    "queue":{"type":"integer","minimum":1,"maximum":1000000,"default":4096,
    "description":"How many writes may wait before they are refused as busy."},
    "group":{"type":"integer","minimum":1,"maximum":10000,"default":256,
    "description":"How many writes one commit takes at most."},
    "maximumBytes":{"type":"integer","minimum":0,"default":0,
    "description":"The largest size of the database; 0 for what the disk has."}}}
    """

  init(_ members: JSONMembers) throws(PluginFault) {
    path = members["path"]?.string ?? "sallyport.db"
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw PluginFault(at: "/path", "found an empty path, expected the name of a file")
    }
    let word = members["synchronous"]?.string ?? Synchronous.full.rawValue
    guard let synchronous = Synchronous(rawValue: word) else {
      throw PluginFault(at: "/synchronous", "found \"\(word)\", expected full, normal or off")
    }
    self.synchronous = synchronous
    busyTimeout = Int32(
      try Self.number(members, "busyTimeoutMilliseconds", 0...60_000, otherwise: 5000))
    queue = Int(try Self.number(members, "queue", 1...1_000_000, otherwise: 4096))
    group = Int(try Self.number(members, "group", 1...10_000, otherwise: 256))
    maximumBytes = try Self.number(members, "maximumBytes", 0...Int64.max, otherwise: 0)
  }

  private static func number(
    _ members: JSONMembers, _ name: String, _ range: ClosedRange<Int64>, otherwise: Int64
  ) throws(PluginFault) -> Int64 {
    guard let value = members[name] else { return otherwise }
    guard let number = value.integer, range.contains(number) else {
      throw PluginFault(
        at: "/\(name)",
        "found \(value.text), expected a whole number \(range.lowerBound)...\(range.upperBound)")
    }
    return number
  }
}
