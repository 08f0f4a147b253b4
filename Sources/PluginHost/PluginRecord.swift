internal import CSallyport
internal import Diagnostics
internal import Ports

/// A record as a plugin gave it, copied.
struct PluginRecord: Sendable {
  let kind: String
  let key: [UInt8]
  let value: [UInt8]
  let version: UInt64
  let expires: Int64
  let index: [IndexEntry]

  /// A copy, or nil if the record breaks a rule of the header.
  init?(_ pointer: UnsafePointer<sp_record>) {
    let size = UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self)
    guard Int(size) >= MemoryLayout<sp_record>.size else { return nil }
    let record = pointer.pointee
    guard let kind = record.kind.validated, let key = record.key.array, !key.isEmpty,
      let value = record.value.array, record.version > 0, record.expires >= 0,
      let index = Self.index(record.index, record.index_count)
    else { return nil }
    self.kind = kind
    self.key = key
    self.value = value
    self.index = index
    version = record.version
    expires = record.expires
  }

  /// The record as the ports have it, if it is of the kind that was asked for.
  func record(_ kind: RecordKind, site: String) -> Record? {
    guard self.kind == kind.name else { return nil }
    return Record(
      key: RecordKey(site: site, kind: kind, key: key), value: value,
      version: RecordVersion(version),
      expiry: expires > 0 ? UnixTime(milliseconds: expires) : nil, indexes: index)
  }

  static func index(_ first: UnsafePointer<sp_index_entry>?, _ count: Int) -> [IndexEntry]? {
    guard let entries = elements(first, count, atMost: 64) else { return nil }
    var index: [IndexEntry] = []
    for entry in entries {
      guard let name = entry.name.validated, let value = entry.value.array else { return nil }
      index.append(IndexEntry(name: name, value: value))
    }
    return index
  }
}
