internal import Cryptography
internal import JSON

/// The members of a JWE's protected header, read strictly.
struct JWEHeaderMembers {
  private let object: JSONObject

  /// Reads the base64url text of a header.
  init(decoding text: Span<UInt8>) throws(JWEError) {
    let object = try ProtectedHeader.object(decoding: text) { fault -> JWEError in
      switch fault {
      case .tooLarge: .tooLarge(limit: JWEHeader.limit)
      case .notBase64URL: .notBase64URL(.header)
      case .malformed(let error): .malformedHeader(error)
      }
    }
    // "If any of the listed extension Header Parameters are not understood and supported by the
    // recipient, then the JWE is invalid" (RFC 7516 4.1.13), and none is understood.
    guard object["crit"] == nil else { throw .criticalHeader }
    guard object["zip"] == nil else { throw .compressed }
    self.object = object
  }

  /// A member that must be a string if it is there.
  func text(_ name: String) throws(JWEError) -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.string else { throw .headerParameter(name) }
    return text
  }

  /// A member that must be there and be a string.
  func required(_ name: String) throws(JWEError) -> String {
    guard let text = try text(name) else { throw .headerParameter(name) }
    return text
  }

  /// A member that must be canonical base64url if it is there.
  func bytes(_ name: String) throws(JWEError) -> [UInt8]? {
    guard let text = try text(name) else { return nil }
    guard let bytes = Base64.url.decode(text) else { throw .headerParameter(name) }
    return bytes
  }

  /// A member that must be there and be the base64url of so many bytes.
  func bytes(_ name: String, count: Int) throws(JWEError) -> [UInt8] {
    guard let bytes = try bytes(name), bytes.count == count else { throw .headerParameter(name) }
    return bytes
  }

  /// A member that must be there and be a whole number.
  func integer(_ name: String) throws(JWEError) -> Int64 {
    guard case .integer(let number)? = object[name] else { throw .headerParameter(name) }
    return number
  }

  /// `enc`.
  func contentEncryption() throws(JWEError) -> JWEContentEncryption {
    let name = try required("enc")
    guard let known = JWEContentEncryption(rawValue: name) else { throw .contentEncryption(name) }
    return known
  }

  /// `epk`: the numbers of a public key, without a private part.
  func ephemeralKey() throws(JWEError) -> PublicKeyComponents {
    guard let key = object["epk"]?.object.map(JWKMembers.init), !key.hasPrivatePart else {
      throw .headerParameter("epk")
    }
    do {
      return try key.publicComponents(for: .encryption)
    } catch {
      throw .headerParameter("epk")
    }
  }
}
