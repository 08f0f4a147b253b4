public import Diagnostics

/// What kind of thing a record is: `client`, `key`, `token`, … Each kind has one repository.
public struct RecordKind: Hashable, Sendable, CustomStringConvertible {
  /// The name in storage: lower-case ASCII letters and underscores.
  public let name: String

  /// A kind; kinds are named in code, never by a request.
  public init(_ name: StaticString) { self.name = name.description }

  /// The name in storage.
  public var description: String { name }
}

/// Where a record lies.
///
/// Every deployment of today is the one site `""`.
public struct RecordKey: Hashable, Sendable {
  /// The tenant; at most 64 bytes.
  public let site: String
  /// The kind.
  public let kind: RecordKind
  /// The key within the kind: 1 to 512 bytes of any value.
  public let key: [UInt8]

  /// A key.
  public init(site: String = "", kind: RecordKind, key: [UInt8]) {
    self.site = site
    self.kind = kind
    self.key = key
  }
}

/// A further name under which a record is found: by client, by subject, by grant.
public struct IndexEntry: Hashable, Sendable {
  /// The index, in snake case.
  public let name: String
  /// The value looked up, compared byte for byte; at most 512 bytes.
  public let value: [UInt8]

  /// An index entry.
  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

/// The version of a record: assigned by the store at each write and never used again.
public struct RecordVersion: Hashable, Sendable {
  /// The number; larger is later.
  public let number: UInt64

  /// A version as the store told it.
  public init(_ number: UInt64) { self.number = number }
}

/// A stored record.
///
/// One whose expiry has passed is absent, whatever the sweep has done.
public struct Record: Sendable {
  /// Where it lies.
  public let key: RecordKey
  /// The value; at most 1 MiB.
  public let value: [UInt8]
  /// The version.
  public let version: RecordVersion
  /// When it ends; nil for never.
  public let expiry: UnixTime?
  /// The names under which it is found besides its key.
  public let indexes: [IndexEntry]

  /// A record.
  public init(
    key: RecordKey, value: [UInt8], version: RecordVersion, expiry: UnixTime?,
    indexes: [IndexEntry]
  ) {
    self.key = key
    self.value = value
    self.version = version
    self.expiry = expiry
    self.indexes = indexes
  }
}
