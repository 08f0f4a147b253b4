internal import Cryptography

/// The protected header of a JWE, as far as it may say anything here (RFC 7516 4.1).
///
/// A header is a stranger's claim: `alg`, `enc` and `kid` choose among what the recipient already
/// allows. `jwk`, `jku`, `x5c` and `x5u` are ignored.
public struct JWEHeader: Equatable, Sendable {
  /// The value of `alg`; known.
  public let keyManagement: JWEKeyManagement
  /// The value of `enc`; known.
  public let contentEncryption: JWEContentEncryption
  /// The value of `kid`.
  public let keyID: String?
  /// The value of `typ` as written.
  public let type: String?
  /// The value of `cty` as written.
  public let contentType: String?

  /// What the algorithm says of the key.
  enum KeyParameters: Equatable, Sendable {
    case none
    /// `epk`, `apu` and `apv` (RFC 7518 4.6.1).
    case agreement(PublicKeyComponents, KeyAgreementParties)
    /// `iv` and `tag` (RFC 7518 4.7.1).
    case gcmKeyWrap(nonce: [UInt8], tag: [UInt8])
  }

  let keyParameters: KeyParameters

  /// The most bytes of a header's text.
  public static let limit = ProtectedHeader.limit

  /// Reads the base64url text of a header.
  public init(decoding text: Span<UInt8>) throws(JWEError) {
    let members = try JWEHeaderMembers(decoding: text)
    let name = try members.required("alg")
    guard let known = JWEKeyManagement(rawValue: name) else { throw .algorithm(name) }
    keyManagement = known
    contentEncryption = try members.contentEncryption()
    keyID = try members.text("kid")
    type = try members.text("typ")
    contentType = try members.text("cty")
    switch known.method {
    case .direct, .oaep, .keyWrap: keyParameters = .none
    case .agreement:
      keyParameters = .agreement(
        try members.ephemeralKey(),
        KeyAgreementParties(u: try members.bytes("apu") ?? [], v: try members.bytes("apv") ?? []))
    case .gcmKeyWrap(let length):
      let cipher = AuthenticatedCipher.aesGCM(length)
      keyParameters = .gcmKeyWrap(
        nonce: try members.bytes("iv", count: cipher.nonceLength),
        tag: try members.bytes("tag", count: cipher.tagLength))
    }
  }

  /// Whether `typ` is a media type, with or without its `application/` (RFC 7516 4.1.11).
  public func isType(_ name: String) -> Bool { ProtectedHeader.isMediaType(type, name) }

  /// Whether `cty` is a media type, with or without its `application/` (RFC 7516 4.1.12).
  public func isContentType(_ name: String) -> Bool {
    ProtectedHeader.isMediaType(contentType, name)
  }
}
