internal import Cryptography

/// How the content of a JWE is encrypted and authenticated: the `enc` header (RFC 7518 5.1).
public enum JWEContentEncryption: String, Sendable, CaseIterable {
  /// AES-128 in CBC mode with HMAC-SHA-256.
  case a128CBCHS256 = "A128CBC-HS256"
  /// AES-192 in CBC mode with HMAC-SHA-384.
  case a192CBCHS384 = "A192CBC-HS384"
  /// AES-256 in CBC mode with HMAC-SHA-512.
  case a256CBCHS512 = "A256CBC-HS512"
  /// AES-128 in Galois/Counter Mode.
  case a128GCM = "A128GCM"
  /// AES-192 in Galois/Counter Mode.
  case a192GCM = "A192GCM"
  /// AES-256 in Galois/Counter Mode.
  case a256GCM = "A256GCM"

  /// Bytes in a content encryption key.
  public var keyLength: Int { cipher.keyLength }

  var cipher: AuthenticatedCipher {
    switch self {
    case .a128CBCHS256: .aesCBCHMAC(.bits128)
    case .a192CBCHS384: .aesCBCHMAC(.bits192)
    case .a256CBCHS512: .aesCBCHMAC(.bits256)
    case .a128GCM: .aesGCM(.bits128)
    case .a192GCM: .aesGCM(.bits192)
    case .a256GCM: .aesGCM(.bits256)
    }
  }
}
