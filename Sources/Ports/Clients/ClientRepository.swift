public import OAuth

/// The clients that live in storage.
public struct ClientRepository: Sendable {
  /// The kind of their records.
  public static let kind = RecordKind("client")
  private let store: any RecordStore

  /// The clients of a store.
  public init(store: any RecordStore) { self.store = store }

  /// A client with the version of its record.
  public struct Stored: Sendable {
    /// The client.
    public let client: Client
    /// What a later write must expect.
    public let version: RecordVersion
  }

  /// The client of an identifier, or nil.
  public func client(_ id: ClientID, _ context: CallContext) throws(StorageError) -> Stored? {
    guard let record = try store.get(Self.key(id), context) else { return nil }
    return try Self.stored(record)
  }

  /// All clients in the order of their identifiers, page by page.
  public func all(_ context: CallContext) throws(StorageError) -> [Client] {
    var clients: [Client] = []
    var cursor: RecordCursor?
    repeat {
      let page = try store.scan(Self.kind, after: cursor, limit: 200, context)
      for record in page.records { clients.append(try Self.stored(record).client) }
      cursor = page.next
    } while cursor != nil
    return clients
  }

  /// Writes a client that must not exist yet (`version` nil) or not have changed since it was read.
  public func save(
    _ client: Client, replacing version: RecordVersion?, _ context: CallContext
  ) throws(StorageError) {
    let change = Change(
      Self.key(client.id), .put(value: client.recordValue, expiry: nil, indexes: []),
      expecting: version.map { .exact($0) } ?? .absent)
    _ = try store.applyAndWait([change], context)
  }

  /// The change that removes a client, if it has not changed since it was read.
  public static func deletion(of stored: Stored) -> Change {
    Change(key(stored.client.id), .delete, expecting: .exact(stored.version))
  }

  private static func key(_ id: ClientID) -> RecordKey {
    RecordKey(kind: kind, key: Array(id.text.utf8))
  }

  private static func stored(_ record: Record) throws(StorageError) -> Stored {
    guard let client = Client(recordValue: record.value) else {
      let name = String(decoding: record.key.key, as: UTF8.self)
      throw .unavailable("the record of client \"\(name)\" cannot be read by this version")
    }
    return Stored(client: client, version: record.version)
  }
}
