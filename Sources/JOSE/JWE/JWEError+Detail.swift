internal import Cryptography
internal import JSON

extension JWEError {
  /// What was found, for the operator; nil where the code says all.
  public var detail: String? {
    switch self {
    case .tooLarge(let limit): "the limit is \(limit) bytes"
    case .notBase64URL(let segment), .segmentLength(let segment): "the \(segment.rawValue)"
    case .malformedHeader(let error): "\(error)"
    case .headerParameter(let name): name
    case .algorithm(let name): "alg \"\(name)\""
    case .contentEncryption(let name): "enc \"\(name)\""
    case .unfitKey(let error), .encryption(let error): error.description
    case .segmentCount, .criticalHeader, .compressed, .unknownKey, .decryption: nil
    }
  }
}
