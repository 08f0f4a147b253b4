public import Diagnostics

/// Where records lie: durable when acknowledged, atomic in `apply`.
///
/// All functions may be called from any thread. `get`, `find` and `scan` may block unless the
/// store's capabilities say otherwise, and so never run on an event loop.
public protocol RecordStore: AnyObject, Sendable {
  /// What the store promises.
  var capabilities: StorageCapabilities { get }

  /// The record, or nil if there is none or it has expired.
  func get(_ key: RecordKey, _ context: CallContext) throws(StorageError) -> Record?

  /// The records of a kind that have an index entry, in the order of their keys, from a cursor on.
  func find(
    _ kind: RecordKind, _ entry: IndexEntry, after cursor: RecordCursor?, limit: Int,
    _ context: CallContext
  ) throws(StorageError) -> RecordPage

  /// The records of a kind in the order of their keys, from a cursor on.
  func scan(_ kind: RecordKind, after cursor: RecordCursor?, limit: Int, _ context: CallContext)
    throws(StorageError) -> RecordPage

  /// Applies all changes or none, and then calls `completion` exactly once, on any thread.
  ///
  /// Success carries the new version of each put, in the order of the changes (nil for the others).
  /// Returns without waiting. A deadline that passed is `.unknown`, never a failure.
  func apply(
    _ changes: [Change], _ context: CallContext,
    completion: @escaping @Sendable (Result<[RecordVersion?], StorageError>) -> Void)
}

/// The upkeep of a store, apart from its daily use.
public protocol StorageMaintenance: AnyObject, Sendable {
  /// Removes up to `limit` expired records; returns how many went.
  func sweep(limit: Int, _ context: CallContext) throws(StorageError) -> Int

  /// Throws unless the store can read and write now.
  func health(_ context: CallContext) throws(StorageError)

  /// What lies in the store.
  func statistics(_ context: CallContext) throws(StorageError) -> StorageStatistics

  /// Writes a consistent copy to a new file (or whatever the store takes as a destination).
  func backup(to destination: String, _ context: CallContext) throws(StorageError)
}

/// What a store promises.
public struct StorageCapabilities: OptionSet, Sendable {
  /// The bits, as in the plugin ABI.
  public let rawValue: UInt64

  /// Capabilities from their bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// What is acknowledged survives a crash of the process and of the machine.
  public static let durable = StorageCapabilities(rawValue: 1)
  /// Several processes may use the same data.
  public static let shared = StorageCapabilities(rawValue: 2)
  /// A read sees every write acknowledged before it, wherever it was made.
  public static let linearizable = StorageCapabilities(rawValue: 4)
  /// `get` answers from memory and may run on an event loop.
  public static let nonBlockingGet = StorageCapabilities(rawValue: 8)
}

/// Where the next page begins: opaque, made by the store.
public struct RecordCursor: Hashable, Sendable {
  /// The store's bytes.
  public let bytes: [UInt8]

  /// A cursor as the store gave it.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// Some records, and where to go on.
public struct RecordPage: Sendable {
  /// The records, in the order of their keys.
  public let records: [Record]
  /// The next page's cursor; nil at the end.
  public let next: RecordCursor?

  /// A page.
  public init(records: [Record], next: RecordCursor?) {
    self.records = records
    self.next = next
  }
}

/// What lies in a store.
public struct StorageStatistics: Sendable, Equatable {
  /// How many records of each kind there are, expired ones included.
  public let records: [RecordCount]
  /// What they take in bytes, if the store says.
  public let bytes: UInt64?
  /// How many of them have expired, if the store says.
  public let expired: UInt64?
  /// For how long the oldest of those has been expired, if the store says.
  public let sweepLag: Lifetime?

  /// Statistics.
  public init(
    records: [RecordCount], bytes: UInt64? = nil, expired: UInt64? = nil, sweepLag: Lifetime? = nil
  ) {
    self.records = records
    self.bytes = bytes
    self.expired = expired
    self.sweepLag = sweepLag
  }
}

/// How many records of a kind lie in a store.
public struct RecordCount: Hashable, Sendable {
  /// The kind's name in storage.
  public let kind: String
  /// The count.
  public let count: UInt64

  /// A count.
  public init(kind: String, count: UInt64) {
    self.kind = kind
    self.count = count
  }
}
