internal import Cryptography
internal import Diagnostics

/// How a password wraps a content encryption key (RFC 7518 4.8): for files of one's own.
///
/// The iterations are the sender's to choose, and each costs the recipient: so no decrypter that a
/// stranger can reach takes these, and they are not among `JWEKeyManagement`.
public enum JWEPasswordAlgorithm: String, Sendable, CaseIterable {
  /// PBKDF2 with HMAC-SHA-256, then AES key wrap with 128 bits.
  case hs256A128KW = "PBES2-HS256+A128KW"
  /// PBKDF2 with HMAC-SHA-384, then AES key wrap with 192 bits.
  case hs384A192KW = "PBES2-HS384+A192KW"
  /// PBKDF2 with HMAC-SHA-512, then AES key wrap with 256 bits.
  case hs512A256KW = "PBES2-HS512+A256KW"

  /// How many iterations are taken, and may be asked for: RFC 7518 4.8.1.2 wants 1000 at least, and
  /// the most cost about a second.
  public static let iterations: ClosedRange<UInt32> = 1_000...2_000_000
  /// How many iterations a file of ours has unless asked otherwise (OWASP's number for SHA-256).
  public static let usualIterations: UInt32 = 600_000
  /// Bytes in a salt: at least 8 (RFC 7518 4.8.1.1).
  static let saltLength = 8...256

  /// The key that wraps; takes a tenth of a second at the usual iterations.
  func wrappingKey(
    _ password: Secret<[UInt8]>, salt: [UInt8], iterations: UInt32
  ) throws(CryptographyError) -> Secret<[UInt8]> {
    let (digest, bytes): (DigestAlgorithm, Int) =
      switch self {
      case .hs256A128KW: (.sha256, 16)
      case .hs384A192KW: (.sha384, 24)
      case .hs512A256KW: (.sha512, 32)
      }
    // The name goes in, so that one salt makes different keys for different algorithms.
    return try PBKDF2.derive(
      from: password, salt: Array(rawValue.utf8) + [0] + salt, iterations: iterations,
      digest: digest, length: bytes)
  }
}
