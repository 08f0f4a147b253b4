internal import Diagnostics
internal import JSON
public import Ports
internal import Synchronization

/// Where a process has read the feed to.
///
/// The feed is a counter in one record. Every commit of revocations raises it by one, and its
/// entries are indexed by the number; so whoever reads the counter knows whether there is anything
/// new, and finds just that.
struct FeedPosition: Sendable {
  /// The number of the last commit whose entries are in force here.
  var sequence: Int64 = 0
  /// The counter's version then; nil before the first commit.
  var version: RecordVersion?

  private static let key = RecordKey(
    kind: RecordKind("revocation_feed"), key: Array("head".utf8))

  init() {}

  private init(_ record: Record) throws(StorageError) {
    do {
      guard let sequence = try JSONValue(parsing: record.value).object?["sequence"]?.integer else {
        throw StorageError.unavailable("the head of the revocations cannot be read")
      }
      self.sequence = sequence
    } catch {
      throw .unavailable("the head of the revocations cannot be read")
    }
    version = record.version
  }

  /// The counter as it stands in storage.
  static func read(
    _ store: any RecordStore, _ context: CallContext
  ) throws(StorageError) -> FeedPosition {
    guard let record = try store.get(key, context) else { return FeedPosition() }
    return try FeedPosition(record)
  }

  /// The change that makes the next commit; it fails if another process was quicker.
  var advance: Change {
    let object: JSONObject = ["v": 1, "sequence": .integer(sequence + 1)]
    return Change(
      Self.key, .put(value: JSONValue.object(object).serialized(), expiry: nil, indexes: []),
      expecting: version.map { .exact($0) } ?? .absent)
  }
}

extension Revocations {
  /// More commits than these are read in one go: everything there is.
  private static let most: Int64 = 1000
  private static let page = 500

  var context: CallContext {
    let now = clock.now()
    return CallContext(request: nil, now: now, deadline: now + .seconds(10))
  }

  /// Takes over what other processes have revoked since the last time, and drops what has ended.
  ///
  /// To be called every `pollInterval`. Blocks on storage.
  public func poll() throws(StorageError) {
    let begun = clock.now()
    try position.withLock { (position) throws(StorageError) in
      try catchUp(&position)
    }
    wasRead(at: begun)
    forgetEnded(at: begun)
  }

  /// Reads everything, whatever is known.
  func loadAll() throws(StorageError) {
    try position.withLock { (position) throws(StorageError) in
      // The head comes first: what is committed meanwhile is read twice, never missed.
      let head = try FeedPosition.read(store, context)
      try takeAll()
      position = head
    }
  }

  /// Reads what was committed after a position, and moves it.
  func catchUp(_ position: inout FeedPosition) throws(StorageError) {
    let head = try FeedPosition.read(store, context)
    guard head.version != position.version else { return }
    let missed = head.sequence.subtractingReportingOverflow(position.sequence)
    if missed.overflow || !(1...Self.most).contains(missed.partialValue) {
      try takeAll()
    } else {
      for sequence in (position.sequence + 1)...head.sequence { try take(sequence) }
    }
    position = head
  }

  private func takeAll() throws(StorageError) {
    var cursor: RecordCursor?
    repeat {
      let page = try store.scan(Revocation.kind, after: cursor, limit: Self.page, context)
      try take(page)
      cursor = page.next
    } while cursor != nil
  }

  private func take(_ sequence: Int64) throws(StorageError) {
    var cursor: RecordCursor?
    repeat {
      let page = try store.find(
        Revocation.kind, Revocation.indexEntry(sequence), after: cursor, limit: Self.page, context)
      try take(page)
      cursor = page.next
    } while cursor != nil
  }

  private func take(_ page: RecordPage) throws(StorageError) {
    var entries: [Revocation] = []
    for record in page.records { entries.append(try Revocation(record)) }
    enforce(entries)
  }
}
