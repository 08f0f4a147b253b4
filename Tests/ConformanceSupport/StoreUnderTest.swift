public import Diagnostics
public import JSON
public import PluginHost
public import Ports

/// A store opened from a built plugin in a folder of its own.
public final class StoreUnderTest: Sendable {
  /// The store.
  public let store: PluginRecordStore
  /// The state folder.
  public let folder: TemporaryFolder

  /// Opens a store, in the folder of an earlier one if that is given.
  public init(
    _ plugin: String, _ configuration: JSONObject = JSONObject(), in folder: TemporaryFolder? = nil
  ) throws {
    self.folder = try folder ?? TemporaryFolder()
    let entry = PluginEntry(
      configuration: configuration, stateFolder: self.folder.path,
      services: PluginServices(log: BuiltPlugins.quiet))
    store = try BuiltPlugins.loader.load(plugin).openStorage(entry, BuiltPlugins.context())
  }

  /// Applies changes and waits.
  @discardableResult
  public func apply(_ changes: [Change], at now: UnixTime? = nil) throws(StorageError)
    -> [RecordVersion?]
  {
    try store.applyAndWait(changes, BuiltPlugins.context(at: now))
  }

  /// The record of a key now, or at a time.
  public func get(_ key: RecordKey, at now: UnixTime? = nil) throws(StorageError) -> Record? {
    try store.get(key, BuiltPlugins.context(at: now))
  }
}

extension RecordKey {
  /// A key of kind `thing`.
  public static func thing(_ name: String, site: String = "") -> RecordKey {
    RecordKey(site: site, kind: RecordKind("thing"), key: Array(name.utf8))
  }
}

extension Change {
  /// A put of a text.
  public static func put(
    _ key: RecordKey, _ value: String, expiry: UnixTime? = nil, indexes: [IndexEntry] = [],
    expecting expectation: Expectation = .any
  ) -> Change {
    Change(
      key, .put(value: Array(value.utf8), expiry: expiry, indexes: indexes),
      expecting: expectation)
  }
}
