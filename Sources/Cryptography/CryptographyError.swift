internal import COpenSSL

/// Why a cryptographic operation did not give a result.
public enum CryptographyError: Error, Equatable, Sendable {
  /// The bytes are no key in the form that was asked for, or something follows it.
  case malformedKey
  /// A key, but of a type, curve or size that this program does not use.
  case unsupportedKey(String)
  /// A key too weak to trust: the modulus or exponent at fault is named.
  case weakKey(String)
  /// The numbers of a key do not belong together, or its point is not on the curve.
  case inconsistentKey
  /// The signature scheme is not one for this type of key.
  case wrongKeyType
  /// A sealed box is too short, was altered, or belongs to another key or context.
  case notAuthentic
  /// libcrypto failed where nothing from outside explains it.
  case library(operation: String, code: UInt)

  /// The error for an operation that libcrypto refused; empties the thread's error queue.
  static func libcrypto(_ operation: String) -> CryptographyError {
    let code = ERR_peek_last_error()
    ERR_clear_error()
    return .library(operation: operation, code: UInt(code))
  }
}

extension CryptographyError: CustomStringConvertible {
  /// What was found, for the operator.
  public var description: String {
    switch self {
    case .malformedKey: "no key of the form and length that is expected, or something after it"
    case .unsupportedKey(let what): "\(what) is not used here"
    case .weakKey(let what): "\(what) is too weak"
    case .inconsistentKey: "its numbers do not belong together, or its point is not on the curve"
    case .wrongKeyType: "the algorithm is not one for this type of key"
    case .notAuthentic: "it was altered, or belongs to another key"
    case .library(let operation, let code): "libcrypto failed at \(operation), code \(code)"
    }
  }
}
