public import Diagnostics
public import JOSE
public import OAuth

/// Why a presented token is not accepted.
///
/// The code is stable and goes to the log; the description is the operator's detail. A stranger
/// learns only that the token is invalid, and whether it has expired.
public enum TokenRefusal: Error, Equatable, Sendable {
  /// Neither a compact JWS or JWE nor an opaque token of ours.
  case malformed(JOSEError)
  /// `alg` is none, unknown, or not one that the issuer's key allows.
  case algorithm(JOSEError)
  /// The header asks for an extension.
  case critical(JOSEError)
  /// `typ` says that it is something else than an access token.
  case type(String?)
  /// `iss` is missing or names nobody who is trusted here.
  case issuer(String?)
  /// The issuer has no such key.
  case keyUnknown(String?)
  /// The signature is not the issuer's.
  case signature
  /// A claim is missing or of the wrong type.
  case claims(JOSEError)
  /// Its time is over.
  case expired(UnixTime)
  /// Its time has not come.
  case notYetValid
  /// An opaque token that storage does not have: never issued, ended or revoked.
  case unknown
  /// It was revoked, by itself or with all that have something in common.
  case revoked(Revocation)

  /// It is encrypted, and what is outside of the encryption is wrong, or the key does not open it.
  case encrypted(JWEError)
  /// It is encrypted to a key that is not here.
  case decryptionKeyUnknown(String?)
  /// What is encrypted is no signed token, or does not say so.
  case nested
  /// It is encrypted to the key of a resource that it is not for.
  case recipient(Audience)

  /// A stable dotted code.
  public var code: ReasonCode {
    switch self {
    case .malformed: .tokenMalformed
    case .algorithm: .tokenAlgorithm
    case .critical: .tokenCrit
    case .type: .tokenType
    case .issuer: .tokenIssuer
    case .keyUnknown: .tokenKeyUnknown
    case .signature: .tokenSignature
    case .claims: .tokenClaims
    case .expired: .tokenExpired
    case .notYetValid: .tokenNotYetValid
    case .unknown: .tokenUnknown
    case .revoked: .tokenRevoked
    case .encrypted(let error): Self.code(error)
    case .decryptionKeyUnknown: .tokenDecryptionKeyUnknown
    case .nested: .tokenNested
    case .recipient: .tokenRecipient
    }
  }

  private static func code(_ error: JWEError) -> ReasonCode {
    switch error {
    case .algorithm, .contentEncryption: .tokenAlgorithm
    case .criticalHeader, .compressed: .tokenCrit
    case .unknownKey: .tokenDecryptionKeyUnknown
    case .decryption, .unfitKey, .encryption: .tokenDecryption
    case .tooLarge, .segmentCount, .notBase64URL, .segmentLength, .malformedHeader,
      .headerParameter:
      .tokenMalformed
    }
  }

  /// The refusal that an error of reading or checking a JWS stands for.
  init(_ error: JOSEError, _ expiry: UnixTime? = nil) {
    self =
      switch error {
      case .unsecured, .algorithm: .algorithm(error)
      case .criticalHeader, .unencodedPayload: .critical(error)
      case .signature: .signature
      case .unknownKey: .keyUnknown(nil)
      case .claim, .malformedClaims: .claims(error)
      case .expired: .expired(expiry ?? UnixTime(milliseconds: 0))
      case .notYetValid: .notYetValid
      default: .malformed(error)
      }
  }
}

extension TokenRefusal: CustomStringConvertible {
  /// What was found, for the log.
  public var description: String {
    switch self {
    case .malformed(let error), .algorithm(let error), .critical(let error), .claims(let error):
      "\(error.code): \(error)"
    case .type(let found): "typ is \(Self.quoted(found))"
    case .issuer(let found): "iss is \(Self.quoted(found)), which is not trusted here"
    case .keyUnknown(let found): "the issuer has no key \(Self.quoted(found))"
    case .signature: "the signature is not the issuer's"
    case .expired(let time): "it ended at \(time.seconds)"
    case .notYetValid: "nbf or iat lies in the future"
    case .unknown: "storage has no such token"
    case .encrypted(let error): "\(error.code): \(error)"
    case .decryptionKeyUnknown(let found):
      "it is encrypted, and there is no key \(Self.quoted(found)) here to open it"
    case .nested: "what is encrypted is not a signed token, or cty is not JWT"
    case .recipient(let audience): "it is encrypted to \(audience), and not for it"
    case .revoked(let entry) where entry.axis == .token: "it was revoked by \(entry.origin)"
    case .revoked(let entry):
      "all tokens of its \(entry.axis.rawValue) were revoked by \(entry.origin)"
    }
  }

  private static func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "absent" }
}
