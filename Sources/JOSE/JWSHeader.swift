internal import JSON

/// The protected header of a JWS, as far as it may say anything here (RFC 7515 4.1).
///
/// A header is a stranger's claim: `alg` and `kid` choose among keys and algorithms that the
/// verifier already trusts. `jwk`, `jku`, `x5c` and `x5u` would bring keys along; they are ignored.
public struct JWSHeader: Equatable, Sendable {
  /// The value of `alg`; known, and not `none`.
  public let algorithm: JWSAlgorithm
  /// The value of `kid`.
  public let keyID: String?
  /// The value of `typ` as written; compare with `isType`.
  public let type: String?
  /// The value of `cty`.
  public let contentType: String?

  /// The most bytes of a header's text.
  public static let limit = ProtectedHeader.limit

  /// Reads the base64url text of a header.
  public init(decoding text: Span<UInt8>) throws(JOSEError) {
    let object = try ProtectedHeader.object(decoding: text) { fault -> JOSEError in
      switch fault {
      case .tooLarge: .tooLarge(limit: Self.limit)
      case .notBase64URL: .notBase64URL(.header)
      case .malformed(let error): .malformedHeader(error)
      }
    }
    try self.init(object)
  }

  private init(_ object: JSONObject) throws(JOSEError) {
    func text(_ name: String) throws(JOSEError) -> String? {
      guard let value = object[name] else { return nil }
      guard let text = value.string else { throw .headerParameter(name) }
      return text
    }
    guard let name = try text("alg") else { throw .headerParameter("alg") }
    guard name.lowercased() != "none" else { throw .unsecured }
    // "If any of the listed extension Header Parameters are not understood and supported by the
    // recipient, then the JWS is invalid" (RFC 7515 4.1.11), and none is understood.
    guard object["crit"] == nil else { throw .criticalHeader }
    if let encoded = object["b64"], encoded != true { throw .unencodedPayload }
    guard object["zip"] == nil else { throw .compressed }
    guard let algorithm = JWSAlgorithm(rawValue: name) else { throw .algorithm(name) }
    self.algorithm = algorithm
    keyID = try text("kid")
    type = try text("typ")
    contentType = try text("cty")
  }

  /// Whether `typ` is a media type, with or without its `application/` (RFC 7515 4.1.9).
  public func isType(_ name: String) -> Bool { ProtectedHeader.isMediaType(type, name) }
}
