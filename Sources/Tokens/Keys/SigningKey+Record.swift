internal import Cryptography
internal import Diagnostics
internal import JOSE
internal import JSON
internal import Ports

extension SigningKey {
  /// The kind of the records of signing keys.
  static let kind = RecordKind("signing_key")

  /// The record's key: algorithm and sequence.
  ///
  /// Two processes that both make the next key of an algorithm meet in one record, so that only
  /// one of them succeeds.
  var recordKey: RecordKey {
    let digits = String(sequence)
    let padded = String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
    return RecordKey(kind: Self.kind, key: Array("\(algorithm.rawValue)/\(padded)".utf8))
  }

  /// The record's value: times in the clear, the key itself sealed.
  func recordValue(_ sealer: RecordSealer) throws(KeyRingError) -> [UInt8] {
    let secret: Secret<[UInt8]>
    do {
      secret = try privateKey.key.pkcs8()
    } catch {
      throw .cryptography(error)
    }
    let box = try sealer.seal(secret, for: recordKey)
    let object: JSONObject = [
      "v": 1, "kid": .string(id), "alg": .string(algorithm.rawValue),
      "sequence": .integer(sequence), "published": .integer(published.milliseconds),
      "activates": .integer(activates.milliseconds), "key": .string(Base64.url.encode(box)),
    ]
    return JSONValue.object(object).serialized()
  }

  /// A key from its record, and whether it should be sealed anew.
  static func opened(
    _ record: Record, _ sealer: RecordSealer
  ) throws(KeyRingError) -> (key: SigningKey, isStale: Bool) {
    let name = String(decoding: record.key.key, as: UTF8.self)
    let object: JSONObject?
    do {
      object = try JSONValue(parsing: record.value).object
    } catch {
      throw .malformedRecord(name)
    }
    guard let object, object["v"]?.integer == 1,
      let algorithm = object["alg"]?.string.flatMap({ JWSAlgorithm(rawValue: $0) }),
      let sequence = object["sequence"]?.integer, let published = object["published"]?.integer,
      let activates = object["activates"]?.integer,
      let box = object["key"]?.string.flatMap({ Base64.url.decode($0) })
    else { throw .malformedRecord(name) }
    guard let (secret, isStale) = sealer.open(box, of: record.key) else { throw .cannotOpen(name) }
    let privateKey: PrivateKey
    do {
      privateKey = try PrivateKey(pkcs8: secret)
    } catch {
      throw .cryptography(error)
    }
    let key = try SigningKey(
      key: privateKey, algorithm: algorithm, sequence: sequence,
      published: UnixTime(milliseconds: published), activates: UnixTime(milliseconds: activates))
    guard key.id == object["kid"]?.string, key.recordKey == record.key else {
      throw .malformedRecord(name)
    }
    return (key, isStale)
  }
}
