internal import Cryptography
internal import JSON

/// What an encrypter puts into every header beside what the algorithms need.
public struct JWEHeaderFields: Sendable {
  /// `kid`: which key of the recipient's it is.
  public var keyID: String?
  /// `typ`: what the whole object is.
  public var type: String?
  /// `cty`: what is inside; `JWT` for a nested token (RFC 7519 5.2).
  public var contentType: String?
  /// `apu`: who sends, mixed into an agreed key (RFC 7518 4.6.1.2).
  public var partyUInfo: [UInt8]?
  /// `apv`: who receives, mixed into an agreed key (RFC 7518 4.6.1.3).
  public var partyVInfo: [UInt8]?

  /// Fields, each left out unless given.
  public init(
    keyID: String? = nil, type: String? = nil, contentType: String? = nil,
    partyUInfo: [UInt8]? = nil, partyVInfo: [UInt8]? = nil
  ) {
    self.keyID = keyID
    self.type = type
    self.contentType = contentType
    self.partyUInfo = partyUInfo
    self.partyVInfo = partyVInfo
  }

  /// The header of an algorithm's name, a content encryption and these fields.
  func object(_ algorithm: String, _ contentEncryption: JWEContentEncryption) -> JSONObject {
    var object: JSONObject = [
      "alg": .string(algorithm), "enc": .string(contentEncryption.rawValue),
    ]
    if let type { object["typ"] = .string(type) }
    if let contentType { object["cty"] = .string(contentType) }
    if let keyID { object["kid"] = .string(keyID) }
    if let partyUInfo { object["apu"] = .string(Base64.url.encode(partyUInfo)) }
    if let partyVInfo { object["apv"] = .string(Base64.url.encode(partyVInfo)) }
    return object
  }
}
