internal import SallyportPlugin

/// Where the records of one site and kind lie.
struct Shelf: Hashable {
  let site: String
  let kind: String

  init(_ site: String, _ kind: String) {
    self.site = site
    self.kind = kind
  }
}

/// A record as it is kept.
struct StoredRecord {
  let value: [UInt8]
  let version: UInt64
  let expires: Int64
  let index: [IndexEntry]
}

/// All records of a store; whoever holds the lock is alone with them.
struct Records: ~Copyable {
  fileprivate struct Contents {
    var records: [[UInt8]: StoredRecord] = [:]
    var entries: [IndexEntry: Set<[UInt8]>] = [:]
    /// The keys in order, until one comes or goes.
    var sorted: [[UInt8]]?
  }

  private var shelves: [Shelf: Contents] = [:]
  private var lastVersion: UInt64 = 0
  private var bytes = 0
  private let maximumBytes: Int

  init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  func record(_ shelf: Shelf, _ key: [UInt8]) -> StoredRecord? { shelves[shelf]?.records[key] }

  /// The keys of a shelf in ascending order.
  mutating func keys(_ shelf: Shelf) -> [[UInt8]] {
    guard let contents = shelves[shelf] else { return [] }
    if let sorted = contents.sorted { return sorted }
    let sorted = contents.records.keys.sorted { $0.lexicographicallyPrecedes($1) }
    shelves[shelf]?.sorted = sorted
    return sorted
  }

  /// The keys with an index entry in ascending order.
  func keys(_ shelf: Shelf, with entry: IndexEntry) -> [[UInt8]] {
    (shelves[shelf]?.entries[entry] ?? []).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Does all changes, or throws before the first.
  mutating func apply(_ changes: [RecordChange], site: String, time: Int64)
    throws(StorageFault) -> [UInt64]
  {
    var growth = 0
    for (position, change) in changes.enumerated() {
      let current = record(Shelf(site, change.kind), change.key)
      guard Self.holds(change.expectation, current, time) else {
        throw StorageFault(.conflict(position))
      }
      growth += change.size - (change.replaces ? current.map { change.size(of: $0) } ?? 0 : 0)
    }
    guard growth <= 0 || bytes + growth <= maximumBytes else {
      throw StorageFault(.full, "the records take \(bytes) of \(maximumBytes) bytes")
    }
    bytes += growth
    return changes.map { write($0, Shelf(site, $0.kind)) }
  }

  /// Removes up to `limit` records that have expired.
  mutating func sweep(limit: Int, time: Int64) -> Int {
    var removed = 0
    for shelf in shelves.keys {
      for (key, record) in shelves[shelf]?.records ?? [:] {
        guard removed < limit else { return removed }
        guard record.expires != 0, record.expires <= time else { continue }
        bytes -= key.count + record.size
        remove(key, from: shelf)
        removed += 1
      }
    }
    return removed
  }

  func statistics(at time: Int64) -> StorageStatistics {
    var counts: [String: Int] = [:]
    for (shelf, contents) in shelves { counts[shelf.kind, default: 0] += contents.records.count }
    let records = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    let expired = shelves.values.flatMap { $0.records.values.lazy.map(\.expires) }
      .filter { $0 != 0 && $0 <= time }
    return StorageStatistics(
      records: records.map { (kind: $0.key, count: $0.value) }, bytes: bytes,
      expired: expired.count, oldestExpiry: expired.min())
  }

  private static func holds(
    _ expectation: RecordChange.Expectation, _ record: StoredRecord?, _ time: Int64
  ) -> Bool {
    let isThere = record.map { $0.expires == 0 || $0.expires > time } ?? false
    switch expectation {
    case .any: return true
    case .absent: return !isThere
    case .exact(let version): return isThere && record?.version == version
    }
  }

  private mutating func write(_ change: RecordChange, _ shelf: Shelf) -> UInt64 {
    switch change.action {
    case .check: return 0
    case .delete:
      remove(change.key, from: shelf)
      return 0
    case .put(let value, let expires, let index):
      lastVersion += 1
      put(
        StoredRecord(value: value, version: lastVersion, expires: expires, index: index),
        change.key, on: shelf)
      return lastVersion
    }
  }

  private mutating func put(_ record: StoredRecord, _ key: [UInt8], on shelf: Shelf) {
    var contents = shelves.removeValue(forKey: shelf) ?? Contents()
    let replaced = contents.records.updateValue(record, forKey: key)
    if replaced == nil { contents.sorted = nil }
    for entry in replaced?.index ?? [] { contents.forget(entry, key) }
    for entry in record.index { contents.entries[entry, default: []].insert(key) }
    shelves[shelf] = contents
  }

  private mutating func remove(_ key: [UInt8], from shelf: Shelf) {
    guard var contents = shelves.removeValue(forKey: shelf) else { return }
    if let removed = contents.records.removeValue(forKey: key) {
      contents.sorted = nil
      for entry in removed.index { contents.forget(entry, key) }
    }
    shelves[shelf] = contents
  }
}

extension Records.Contents {
  fileprivate mutating func forget(_ entry: IndexEntry, _ key: [UInt8]) {
    entries[entry]?.remove(key)
    if entries[entry]?.isEmpty == true { entries[entry] = nil }
  }
}

extension StoredRecord {
  /// What it takes besides its key.
  fileprivate var size: Int {
    index.reduce(value.count) { $0 + $1.name.utf8.count + $1.value.count }
  }
}

extension RecordChange {
  /// What the record takes after the change.
  fileprivate var size: Int {
    guard case .put(let value, _, let index) = action else { return 0 }
    return key.count
      + index.reduce(value.count) { $0 + $1.name.utf8.count + $1.value.count }
  }

  fileprivate func size(of record: StoredRecord) -> Int { key.count + record.size }

  /// Whether a record that is there makes way.
  fileprivate var replaces: Bool { if case .check = action { false } else { true } }
}

extension [[UInt8]] {
  /// Where the keys after a key begin, in ascending keys.
  func firstPosition(after key: [UInt8]) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if key.lexicographicallyPrecedes(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
