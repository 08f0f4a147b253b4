/// Where records lie: durable when acknowledged (if it says so), atomic in `apply`.
///
/// Its functions run on any thread, many at once. Time is the call's `time`: a record whose expiry
/// is not after it is absent, whatever the sweep has done.
public protocol StoragePlugin: AnyObject, Sendable {
  /// The options of the config entry.
  associatedtype Configuration: PluginConfiguration

  /// A store that is open and whole, or why it is not; `stateFolder` is the base of relative paths.
  init(configuration: Configuration, stateFolder: String, host: PluginHost) throws(PluginFault)

  /// What it promises.
  var capabilities: StorageCapabilities { get }

  /// Gives the record to the call, if there is one.
  func get(_ kind: String, _ key: UnsafeRawBufferPointer, _ call: StorageCall)
    throws(StorageFault)

  /// Gives the records that have the query's index entry, in ascending order of keys.
  func find(_ query: RecordQuery, _ call: StorageCall) throws(StorageFault)

  /// Gives the records of a kind, in ascending order of keys.
  func scan(_ query: RecordQuery, _ call: StorageCall) throws(StorageFault)

  /// Does all changes or none, and then completes the call once, on any thread. Does not wait.
  func apply(_ changes: [RecordChange], _ call: ApplyCall)

  /// Removes up to `limit` expired records and says how many went.
  func sweep(limit: Int, _ call: StorageCall) throws(StorageFault) -> Int

  /// Throws unless it can read and write now.
  func health(_ call: StorageCall) throws(StorageFault)

  /// Counts what it holds.
  func statistics(_ call: StorageCall) throws(StorageFault) -> StorageStatistics

  /// Writes a consistent copy to a new file, mode 0600.
  func backup(to path: String, _ call: StorageCall) throws(StorageFault)

  /// Completes what is queued and lets go of everything; no call follows.
  func close()
}

/// What a store promises.
public struct StorageCapabilities: OptionSet, Sendable {
  /// The bits of the ABI.
  public let rawValue: UInt32
  /// Capabilities from their bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// What is acknowledged survives a crash of the process and of the machine.
  public static let durable = StorageCapabilities(rawValue: 1)
  /// Many hosts may use the same data.
  public static let shared = StorageCapabilities(rawValue: 2)
  /// A read sees every write acknowledged before it began.
  public static let linearizable = StorageCapabilities(rawValue: 4)
  /// `get` never waits for anything.
  public static let getNeverWaits = StorageCapabilities(rawValue: 8)
}

/// What a store holds.
public struct StorageStatistics: Sendable {
  /// Records by kind, expired ones included.
  public let records: [(kind: String, count: Int)]
  /// What they take, roughly.
  public let bytes: Int
  /// How many of them have expired; nil if that is not known.
  public let expired: Int?
  /// When the oldest of those expired, in milliseconds since 1970.
  public let oldestExpiry: Int64?

  /// Counts.
  public init(
    records: [(kind: String, count: Int)], bytes: Int, expired: Int? = nil,
    oldestExpiry: Int64? = nil
  ) {
    self.records = records
    self.bytes = bytes
    self.expired = expired
    self.oldestExpiry = oldestExpiry
  }
}

/// Why a store did not do what was asked.
public struct StorageFault: Error, Sendable {
  /// What kind of failure it is, by the statuses of the ABI.
  public enum Kind: Sendable {
    /// An expectation does not hold, at this position of the changes.
    case conflict(Int)
    /// A queue or lock is full; nothing was changed.
    case busy
    /// It may or may not have happened.
    case unknown
    /// No space is left; nothing was changed.
    case full
    /// It cannot be written; nothing was changed.
    case readOnly
    /// It is out of reach; nothing was changed.
    case unavailable
    /// What is stored cannot be read.
    case corrupt
    /// The request breaks a rule.
    case invalid
    /// The request is over a limit.
    case tooLarge
    /// Nobody waits any more; nothing was changed.
    case cancelled
    /// It does not offer this.
    case unsupported
    /// Anything else; nothing was changed.
    case failed
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What happened, for the operator's log.
  public let detail: String

  /// A fault.
  public init(_ kind: Kind, _ detail: String = "") {
    self.kind = kind
    self.detail = detail
  }
}
