internal import Diagnostics
internal import JSON
internal import Ports

/// The stored form of an entry: one record for each axis and value, ending with the entry.
extension Revocation {
  /// The kind of the records of revocations.
  static let kind = RecordKind("revocation")
  /// The index by the place in the feed.
  private static let index = "sequence"

  var recordKey: RecordKey {
    RecordKey(kind: Self.kind, key: Array("\(axis.rawValue)/\(value)".utf8))
  }

  /// Where the entries of one commit are found.
  static func indexEntry(_ sequence: Int64) -> IndexEntry {
    IndexEntry(name: index, value: Array(String(sequence).utf8))
  }

  /// The change that stores the entry at a place in the feed.
  func put(sequence: Int64) -> Change {
    let object: JSONObject = [
      "v": 1, "axis": .string(axis.rawValue), "value": .string(value),
      "issued_before": .integer(issuedBefore.milliseconds), "until": .integer(until.milliseconds),
      "recorded": .integer(recorded.milliseconds), "origin": .string(origin),
    ]
    return Change(
      recordKey,
      .put(
        value: JSONValue.object(object).serialized(), expiry: until,
        indexes: [Self.indexEntry(sequence)]),
      expecting: .any)
  }

  /// An entry from its record; one that cannot be read would let through what is revoked.
  init(_ record: Record) throws(StorageError) {
    let object: JSONObject?
    do {
      object = try JSONValue(parsing: record.value).object
    } catch {
      throw Self.unreadable(record)
    }
    guard let object, object["v"]?.integer == 1,
      let axis = object["axis"]?.string.flatMap({ RevocationAxis(rawValue: $0) }),
      let value = object["value"]?.string,
      let issuedBefore = object["issued_before"]?.integer,
      let until = object["until"]?.integer, let recorded = object["recorded"]?.integer,
      let origin = object["origin"]?.string
    else { throw Self.unreadable(record) }
    self.init(
      axis: axis, value: value, issuedBefore: UnixTime(milliseconds: issuedBefore),
      until: UnixTime(milliseconds: until), recorded: UnixTime(milliseconds: recorded),
      origin: origin)
  }

  private static func unreadable(_ record: Record) -> StorageError {
    let name = String(decoding: record.key.key, as: UTF8.self)
    return .unavailable("the revocation \"\(name)\" cannot be read by this version")
  }
}
