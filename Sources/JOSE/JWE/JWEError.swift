public import Cryptography
public import Diagnostics
public import JSON

/// Why an encrypted object cannot be made or is refused.
///
/// Each case has a stable `code`; the payload is for the operator, never for a stranger. Whatever
/// goes wrong once a key is used is `decryption`: which step failed would be an oracle.
public enum JWEError: Error, Equatable, Sendable {
  /// More bytes than the limit.
  case tooLarge(limit: Int)
  /// Not exactly five segments.
  case segmentCount
  /// A segment is not canonical base64url: padding, blanks, foreign letters, stray bits.
  case notBase64URL(JWESegment)
  /// A segment has not the length that `alg` and `enc` demand.
  case segmentLength(JWESegment)
  /// The header is not a JSON object with unique names.
  case malformedHeader(JSONError)
  /// A header parameter is missing, of the wrong type, or no key for this recipient.
  case headerParameter(String)
  /// `alg` is unknown, or not one that the key and the recipient allow.
  case algorithm(String)
  /// `enc` is unknown, or not one that the recipient allows.
  case contentEncryption(String)
  /// `crit` is there: no extension is understood (RFC 7516 4.1.13).
  case criticalHeader
  /// `zip` is there: nothing is decompressed here (RFC 8725 3.6).
  case compressed
  /// The header names another key.
  case unknownKey
  /// The content could not be decrypted; nothing says at which step.
  case decryption
  /// A key that does not fit its algorithm.
  case unfitKey(CryptographyError)
  /// Encryption failed.
  case encryption(CryptographyError)

  /// A stable dotted code for logs.
  public var code: ReasonCode {
    switch self {
    case .tooLarge: .jweTooLarge
    case .segmentCount: .jweSegments
    case .notBase64URL: .jweBase64URL
    case .segmentLength: .jweSegmentLength
    case .malformedHeader: .jweHeaderJSON
    case .headerParameter: .jweHeaderParameter
    case .algorithm: .jweAlgorithm
    case .contentEncryption: .jweContentEncryption
    case .criticalHeader: .jweCrit
    case .compressed: .jweZip
    case .unknownKey: .jweKeyUnknown
    case .decryption: .jweDecryption
    case .unfitKey: .jweKeyUnfit
    case .encryption: .jweEncryption
    }
  }
}

/// A part of a compact JWE.
public enum JWESegment: String, Sendable {
  /// The protected header.
  case header
  /// The encrypted content encryption key.
  case encryptedKey
  /// The initialisation vector.
  case initializationVector
  /// The ciphertext.
  case ciphertext
  /// The authentication tag.
  case tag
}
