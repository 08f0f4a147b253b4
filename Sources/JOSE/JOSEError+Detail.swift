internal import Cryptography
internal import JSON

extension JOSEError {
  /// What was found, for the operator; nil where the code says all.
  public var detail: String? {
    switch self {
    case .malformedKey(let what), .unsupportedKey(let what), .ambiguousKey(let what): what
    case .unfitKey(let error), .signing(let error): error.description
    case .duplicateKeyID(let keyID): "kid \"\(keyID)\""
    case .tooLarge(let limit): "the limit is \(limit) bytes"
    case .notBase64URL(let segment): "the \(segment.rawValue)"
    case .malformedHeader(let error), .malformedClaims(let error): "\(error)"
    case .headerParameter(let name), .claim(let name),
      .unexpected(let name):
      name
    case .algorithm(let name): "alg \"\(name)\""
    case .privateKey, .mixedKeys, .segmentCount, .unsecured, .criticalHeader, .unencodedPayload,
      .compressed, .unknownKey, .signature, .expired, .notYetValid:
      nil
    }
  }
}
