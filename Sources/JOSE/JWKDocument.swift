internal import JSON

/// A file of keys as people hand it over: a JWK, a JWK Set, or a PEM key; all of one kind.
///
/// A set that mixes public, private and symmetric keys is refused: what it is safe to do with the
/// file, and who may see it, would depend on which member is looked at.
public enum JWKDocument: Sendable {
  /// Public keys: to verify with, or to encrypt to.
  case publicKeys([JWK])
  /// Private keys: to sign with, or to decrypt with.
  case privateKeys([PrivateJWK])
  /// Shared secrets.
  case secrets([SecretJWK])

  /// Reads a document for a use, or for any if that is nil.
  ///
  /// Keys of unknown types and for other uses are left out of a set, as RFC 7517 5 asks; a weak or
  /// malformed one spoils it, and no two may have the same `kid`.
  public init(parsing bytes: [UInt8], for use: JWKUse?) throws(JOSEError) {
    guard !Self.isPEM(bytes) else {
      try self.init(pem: bytes, for: use)
      return
    }
    let objects = try Self.objects(bytes)
    let isSet = objects.isSet
    let kinds = Set(objects.keys.map { Kind($0) })
    guard kinds.count <= 1 else { throw .mixedKeys }
    func read<Key>(
      _ make: (JSONObject) throws(JOSEError) -> Key, _ keyID: (Key) -> String?
    ) throws(JOSEError) -> [Key] {
      var keys: [Key] = []
      for object in objects.keys {
        do throws(JOSEError) {
          keys.append(try make(object))
        } catch {
          guard isSet, case .unsupportedKey = error else { throw error }
        }
      }
      try JWKSet.checkUnique(keys.map(keyID))
      return keys
    }
    switch kinds.first {
    case .secret?:
      self = .secrets(
        try read({ (object) throws(JOSEError) in try SecretJWK(object, for: use) }, \.keyID))
    case .privateKey?:
      self = .privateKeys(
        try read(
          { (object) throws(JOSEError) in try PrivateJWK(object, for: use) }, \.publicHalf.keyID))
    case .publicKey?, nil:
      self = .publicKeys(
        try read({ (object) throws(JOSEError) in try JWK(object, for: use) }, \.keyID))
    }
  }

  private enum Kind: Hashable {
    case publicKey
    case privateKey
    case secret

    init(_ object: JSONObject) {
      let members = JWKMembers(object)
      self =
        members.isSymmetric ? .secret : members.hasPrivatePart ? .privateKey : .publicKey
    }
  }

  private static func objects(
    _ bytes: [UInt8]
  ) throws(JOSEError) -> (keys: [JSONObject], isSet: Bool) {
    guard bytes.count <= JWKSet.byteLimit else { throw .tooLarge(limit: JWKSet.byteLimit) }
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw .malformedKey("document: \(error)")
    }
    guard let object = document.object else { throw .malformedKey("document") }
    guard let member = object["keys"] else { return ([object], false) }
    guard let members = member.array, members.count <= JWKSet.limit else {
      throw .malformedKey("keys")
    }
    let keys = members.compactMap(\.object)
    guard keys.count == members.count else { throw .malformedKey("keys") }
    return (keys, true)
  }
}
