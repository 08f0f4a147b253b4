public import Cryptography
public import Diagnostics
internal import JSON

/// Makes compact JWE for one recipient's key by one `alg` and one `enc`.
///
/// Safe from any thread. With `dir` or a GCM key wrap, one shared key must not encrypt more than
/// 2^32 tokens (RFC 7518 8.2).
public struct JWEEncrypter: Sendable {
  /// The `alg` that the header names.
  public let keyManagement: JWEKeyManagement
  /// The `enc` that the header names.
  public let contentEncryption: JWEContentEncryption
  private let recipient: JWERecipient
  private let parties: KeyAgreementParties
  private let header: JSONObject
  /// The header's base64url text, where it is the same for every token.
  private let fixedHeader: [UInt8]?

  /// An encrypter to a public key; throws `algorithm` if the key may not be used with it.
  public init(
    to key: PublicKey, _ keyManagement: JWEKeyManagement,
    _ contentEncryption: JWEContentEncryption, header: JWEHeaderFields = JWEHeaderFields()
  ) throws(JWEError) {
    try self.init(.publicKey(key), keyManagement, contentEncryption, header)
  }

  /// An encrypter under a key that both sides have; throws `algorithm` if its length does not fit.
  public init(
    sharing key: Secret<[UInt8]>, _ keyManagement: JWEKeyManagement,
    _ contentEncryption: JWEContentEncryption, header: JWEHeaderFields = JWEHeaderFields()
  ) throws(JWEError) {
    try self.init(.shared(key), keyManagement, contentEncryption, header)
  }

  private init(
    _ recipient: JWERecipient, _ keyManagement: JWEKeyManagement,
    _ contentEncryption: JWEContentEncryption, _ fields: JWEHeaderFields
  ) throws(JWEError) {
    guard recipient.fits(keyManagement, contentEncryption) else {
      throw .algorithm(keyManagement.rawValue)
    }
    self.recipient = recipient
    self.keyManagement = keyManagement
    self.contentEncryption = contentEncryption
    parties = KeyAgreementParties(u: fields.partyUInfo ?? [], v: fields.partyVInfo ?? [])
    header = fields.object(keyManagement.rawValue, contentEncryption)
    switch keyManagement.method {
    case .direct, .oaep, .keyWrap: fixedHeader = JWEText.encoded(header)
    case .agreement, .gcmKeyWrap: fixedHeader = nil
    }
  }

  /// The encrypted text of a plaintext.
  public func encrypt(_ plaintext: [UInt8]) throws(JWEError) -> [UInt8] {
    do {
      let content = try recipient.makeKey(keyManagement, contentEncryption, parties)
      return try JWEText.seal(
        plaintext, contentEncryption, content, header: fixedHeader ?? text(content.parameters))
    } catch {
      throw .encryption(error)
    }
  }

  private func text(_ parameters: JWEKeyParameters) -> [UInt8] {
    var header = header
    parameters.add(to: &header)
    return JWEText.encoded(header)
  }
}
