internal import Cryptography
internal import Diagnostics
internal import JSON
internal import Ports

extension RingKey {
  /// The record's key: algorithm and sequence.
  ///
  /// Two processes that both make the next key of an algorithm meet in one record, so that only
  /// one of them succeeds.
  var recordKey: RecordKey {
    let digits = String(turn.sequence)
    let padded = String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
    return RecordKey(kind: Self.kind, key: Array("\(turn.algorithm.rawValue)/\(padded)".utf8))
  }

  /// The record's value: times in the clear, the key itself sealed.
  func recordValue(_ sealer: RecordSealer) throws(KeyRingError) -> [UInt8] {
    let box = try sealer.seal(try secret(), for: recordKey)
    let object: JSONObject = [
      "v": 1, "kid": .string(id), "alg": .string(turn.algorithm.rawValue),
      "sequence": .integer(turn.sequence), "published": .integer(turn.published.milliseconds),
      "activates": .integer(turn.activates.milliseconds), "key": .string(Base64.url.encode(box)),
    ]
    return JSONValue.object(object).serialized()
  }

  /// A key from its record, and whether it should be sealed anew.
  static func opened(
    _ record: Record, _ sealer: RecordSealer
  ) throws(KeyRingError) -> (key: Self, isStale: Bool) {
    let name = String(decoding: record.key.key, as: UTF8.self)
    let object: JSONObject?
    do {
      object = try JSONValue(parsing: record.value).object
    } catch {
      throw .malformedRecord(name)
    }
    guard let object, object["v"]?.integer == 1, let turn = KeyTurn<Algorithm>(object),
      let box = object["key"]?.string.flatMap({ Base64.url.decode($0) })
    else { throw .malformedRecord(name) }
    guard let (secret, isStale) = sealer.open(box, of: record.key) else { throw .cannotOpen(name) }
    let key = try Self(secret, turn)
    guard key.id == object["kid"]?.string, key.recordKey == record.key else {
      throw .malformedRecord(name)
    }
    return (key, isStale)
  }
}

extension KeyTurn {
  /// The turn that a record tells of.
  fileprivate init?(_ object: JSONObject) {
    guard let algorithm = object["alg"]?.string.flatMap({ Algorithm(rawValue: $0) }),
      let sequence = object["sequence"]?.integer, let published = object["published"]?.integer,
      let activates = object["activates"]?.integer
    else { return nil }
    self.init(
      algorithm: algorithm, sequence: sequence, published: UnixTime(milliseconds: published),
      activates: UnixTime(milliseconds: activates))
  }
}
