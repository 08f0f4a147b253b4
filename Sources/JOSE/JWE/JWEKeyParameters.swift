internal import Cryptography
internal import JSON

/// Header members that differ from token to token.
struct JWEKeyParameters {
  /// `epk`.
  var ephemeralKey: PublicKeyComponents?
  /// `iv`.
  var nonce: [UInt8]?
  /// `tag`.
  var tag: [UInt8]?
  /// `p2s`.
  var salt: [UInt8]?
  /// `p2c`.
  var iterations: UInt32?

  /// Adds the members to a header.
  func add(to object: inout JSONObject) {
    if let ephemeralKey { object["epk"] = .object(ephemeralKey.json) }
    if let nonce { object["iv"] = .string(Base64.url.encode(nonce)) }
    if let tag { object["tag"] = .string(Base64.url.encode(tag)) }
    if let salt { object["p2s"] = .string(Base64.url.encode(salt)) }
    if let iterations { object["p2c"] = .integer(Int64(iterations)) }
  }
}
