internal import CSallyport

/// One part of an atomic `apply`.
public struct RecordChange: Sendable {
  /// What happens to the record.
  public enum Action: Sendable {
    /// Writes it, with all its index entries.
    case put(value: [UInt8], expires: Int64, index: [IndexEntry])
    /// Removes it.
    case delete
    /// Writes nothing: only the expectation counts.
    case check
  }

  /// What must be true of the record, or nothing of the whole `apply` happens.
  public enum Expectation: Sendable, Equatable {
    /// Anything.
    case any
    /// There is none, or only an expired one.
    case absent
    /// It is there with exactly this version.
    case exact(UInt64)
  }

  /// The kind, 1 to 64 bytes.
  public let kind: String
  /// The key, 1 to 1024 bytes.
  public let key: [UInt8]
  /// What happens.
  public let action: Action
  /// What must be true.
  public let expectation: Expectation
}

/// A further name under which a record is found; not unique.
public struct IndexEntry: Sendable, Hashable {
  /// The index.
  public let name: String
  /// The value, 1 to 1024 bytes.
  public let value: [UInt8]

  /// An index entry.
  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

extension RecordChange {
  private static let mostValueBytes = 16 << 20
  private static let mostChanges = 256

  /// Copies the changes of a call, or says which rule of the header one breaks.
  static func read(_ first: UnsafePointer<sp_change>?, _ count: Int) throws(StorageFault)
    -> [RecordChange]
  {
    guard (1...mostChanges).contains(count) else {
      throw StorageFault(.invalid, "\(count) changes, expected 1...\(mostChanges)")
    }
    var changes: [RecordChange] = []
    changes.reserveCapacity(count)
    for change in elements(first, count, size: \.size) { changes.append(try read(change)) }
    guard changes.count == 1 || Set(changes.map { Place($0) }).count == count else {
      throw StorageFault(.invalid, "one apply names a record twice")
    }
    return changes
  }

  private struct Place: Hashable {
    let kind: String
    let key: [UInt8]
    init(_ change: RecordChange) {
      kind = change.kind
      key = change.key
    }
  }

  private static func read(_ change: sp_change) throws(StorageFault) -> RecordChange {
    guard (1...64).contains(change.kind.length), (1...1024).contains(change.key.length) else {
      throw StorageFault(.invalid, "a kind has 1 to 64 bytes, a key 1 to 1024")
    }
    let expectation = try expectation(of: change)
    return RecordChange(
      kind: change.kind.string, key: Array(change.key.buffer),
      action: try action(of: change, expectation), expectation: expectation)
  }

  private static func expectation(of change: sp_change) throws(StorageFault) -> Expectation {
    switch Int(change.expect) {
    case SP_ANY: return .any
    case SP_ABSENT: return .absent
    case SP_EXACT: return .exact(change.version)
    default: throw StorageFault(.invalid, "expect is \(change.expect)")
    }
  }

  private static func action(of change: sp_change, _ expectation: Expectation)
    throws(StorageFault) -> Action
  {
    switch (Int(change.action), expectation) {
    case (SP_PUT, _):
      guard change.value.length <= mostValueBytes else {
        throw StorageFault(.tooLarge, "a value has \(change.value.length) bytes")
      }
      guard change.expires >= 0 else { throw StorageFault(.invalid, "expires is negative") }
      return .put(
        value: Array(change.value.buffer), expires: change.expires,
        index: try index(change.index, change.index_count))
    case (SP_DELETE, .any), (SP_DELETE, .exact): return .delete
    case (SP_CHECK, .absent), (SP_CHECK, .exact): return .check
    default: throw StorageFault(.invalid, "action \(change.action) with expect \(change.expect)")
    }
  }

  private static func index(_ first: UnsafePointer<sp_index_entry>?, _ count: Int)
    throws(StorageFault) -> [IndexEntry]
  {
    var entries: [IndexEntry] = []
    for entry in elements(first, count, size: \.size) {
      guard (1...64).contains(entry.name.length), (1...1024).contains(entry.value.length) else {
        throw StorageFault(.invalid, "an index has a name of 1 to 64 bytes, a value of 1 to 1024")
      }
      entries.append(IndexEntry(name: entry.name.string, value: Array(entry.value.buffer)))
    }
    return entries
  }
}
