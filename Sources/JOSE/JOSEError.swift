public import Cryptography
public import Diagnostics
public import JSON

/// Why a key, a signed object or its claims are refused.
///
/// Each case has a stable `code`; the payload is for the operator, never for a stranger.
public enum JOSEError: Error, Equatable, Sendable {
  // A key
  /// A JWK or JWK Set that is not JSON of the right shape; names the member.
  case malformedKey(String)
  /// A key of a type, curve or use that is not for verifying signatures here.
  case unsupportedKey(String)
  /// A private or symmetric key where a public one is expected.
  case privateKey
  /// The numbers of a key are refused.
  case unfitKey(CryptographyError)
  /// Two keys of a set have the same `kid`.
  case duplicateKeyID(String)
  /// A key's `use`, `key_ops` and `alg` contradict each other.
  case ambiguousKey(String)
  /// A set holds keys of more than one kind: public, private, symmetric.
  case mixedKeys

  // A compact JWS
  /// More bytes than the limit.
  case tooLarge(limit: Int)
  /// Not exactly three segments.
  case segmentCount
  /// A segment is not canonical base64url: padding, blanks, foreign letters, stray bits.
  case notBase64URL(JWSSegment)
  /// The header is not a JSON object with unique names.
  case malformedHeader(JSONError)
  /// A header parameter is missing or of the wrong type.
  case headerParameter(String)
  /// `alg` is `none`, in whatever case.
  case unsecured
  /// `alg` is unknown, or not one that the key or the caller allows.
  case algorithm(String)
  /// `crit` is there: no extension is understood (RFC 7515 4.1.11).
  case criticalHeader
  /// `b64` is there and not true (RFC 7797).
  case unencodedPayload
  /// `zip` is there: nothing is decompressed before it is trusted.
  case compressed
  /// No key fits the header.
  case unknownKey
  /// The signature is not the key's.
  case signature
  /// Signing failed.
  case signing(CryptographyError)

  // Claims
  /// The payload is not a JSON object with unique names.
  case malformedClaims(JSONError)
  /// A claim is missing or of the wrong type or range.
  case claim(String)
  /// A claim, or `typ`, is not what the rules for this purpose ask for; names it.
  case unexpected(String)
  /// The time is at or after `exp`.
  case expired
  /// The time is before `nbf`, or `iat` lies in the future.
  case notYetValid

  /// A stable dotted code for logs.
  public var code: ReasonCode {
    switch self {
    case .malformedKey: .jwkMalformed
    case .unsupportedKey: .jwkUnsupported
    case .privateKey: .jwkPrivate
    case .unfitKey: .jwkUnfit
    case .duplicateKeyID: .jwkDuplicateKeyID
    case .ambiguousKey: .jwkAmbiguous
    case .mixedKeys: .jwkMixed
    case .tooLarge: .jwsTooLarge
    case .segmentCount: .jwsSegments
    case .notBase64URL: .jwsBase64URL
    case .malformedHeader: .jwsHeaderJSON
    case .headerParameter: .jwsHeaderParameter
    case .unsecured: .jwsAlgNone
    case .algorithm: .jwsAlgorithm
    case .criticalHeader: .jwsCrit
    case .unencodedPayload: .jwsB64
    case .compressed: .jwsZip
    case .unknownKey: .jwsKeyUnknown
    case .signature: .jwsSignature
    case .signing: .jwsSigning
    case .malformedClaims: .jwtClaimsJSON
    case .claim: .jwtClaim
    case .unexpected: .jwtUnexpected
    case .expired: .jwtExpired
    case .notYetValid: .jwtNotYetValid
    }
  }
}

/// A part of a compact JWS.
public enum JWSSegment: String, Sendable {
  /// The protected header.
  case header
  /// The payload.
  case payload
  /// The signature.
  case signature
}
