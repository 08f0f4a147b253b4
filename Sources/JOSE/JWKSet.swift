public import JSON

/// A set of public keys (RFC 7517 5).
public struct JWKSet: Sendable {
  /// The keys, in the document's order; no `kid` occurs twice.
  public let keys: [JWK]

  /// The most keys that a set may have.
  public static let limit = 100
  /// The most bytes that a document may have.
  public static let byteLimit = 65_536

  /// A set of keys; throws `duplicateKeyID` if two have the same `kid`.
  public init(_ keys: [JWK]) throws(JOSEError) {
    guard keys.count <= Self.limit else { throw .malformedKey("keys") }
    try Self.checkUnique(keys.map(\.keyID))
    self.keys = keys
  }

  /// Reads the keys of a JWK Set document that verify signatures.
  ///
  /// Keys of unknown types, curves and uses are left out, as RFC 7517 5 asks; a private or
  /// symmetric key, a weak or a malformed one spoils the whole document.
  public init(parsing bytes: [UInt8]) throws(JOSEError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLarge(limit: Self.byteLimit) }
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw .malformedKey("document: \(error)")
    }
    guard let members = document.object?["keys"]?.array, members.count <= Self.limit else {
      throw .malformedKey("keys")
    }
    var keys: [JWK] = []
    for member in members {
      guard let object = member.object else { throw .malformedKey("keys") }
      do throws(JOSEError) {
        keys.append(try JWK(object))
      } catch {
        guard case .unsupportedKey = error else { throw error }
      }
    }
    try self.init(keys)
  }

  /// The document as JSON.
  public var json: JSONObject { ["keys": .array(keys.map { .object($0.json) })] }

  /// Throws `duplicateKeyID` if two keys have the same `kid`: which one counts would be chance.
  static func checkUnique(_ keyIDs: [String?]) throws(JOSEError) {
    var seen: Set<String> = []
    for case let keyID? in keyIDs where !seen.insert(keyID).inserted {
      throw .duplicateKeyID(keyID)
    }
  }
}
