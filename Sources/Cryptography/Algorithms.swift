internal import COpenSSL

/// A hash function of the SHA-2 family.
public enum DigestAlgorithm: Sendable, CaseIterable {
  /// SHA-256, 32 bytes.
  case sha256
  /// SHA-384, 48 bytes.
  case sha384
  /// SHA-512, 64 bytes.
  case sha512

  /// Bytes in a digest.
  public var length: Int {
    switch self {
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  var method: OpaquePointer {
    switch self {
    case .sha256: Algorithms.sha256
    case .sha384: Algorithms.sha384
    case .sha512: Algorithms.sha512
    }
  }

  var name: String {
    switch self {
    case .sha256: "SHA256"
    case .sha384: "SHA384"
    case .sha512: "SHA512"
    }
  }
}

/// What libcrypto's providers offer, fetched once a process.
///
/// A fetch takes microseconds and a lock; `EVP_sha256()` and its like fetch at each use. The
/// objects are immutable and counted, so every thread may use them.
enum Algorithms {
  nonisolated(unsafe) static let sha256 = digest("SHA256")
  nonisolated(unsafe) static let sha384 = digest("SHA384")
  nonisolated(unsafe) static let sha512 = digest("SHA512")
  /// In the order of `CipherAlgorithm.index`.
  nonisolated(unsafe) static let ciphers = CipherAlgorithm.all.map {
    required(EVP_CIPHER_fetch(nil, $0.name, nil), $0.name)
  }
  nonisolated(unsafe) static let hmac = required(EVP_MAC_fetch(nil, "HMAC", nil), "HMAC")
  nonisolated(unsafe) static let hkdf = required(EVP_KDF_fetch(nil, "HKDF", nil), "HKDF")
  nonisolated(unsafe) static let pbkdf2 = required(EVP_KDF_fetch(nil, "PBKDF2", nil), "PBKDF2")

  private static func digest(_ name: String) -> OpaquePointer {
    required(EVP_MD_fetch(nil, name, nil), name)
  }

  /// Without its basic algorithms the library is broken, and nothing here can go on.
  private static func required(_ fetched: OpaquePointer?, _ name: String) -> OpaquePointer {
    guard let fetched else { fatalError("libcrypto has no \(name): the installation is broken") }
    return fetched
  }
}

/// Memory and algorithms that libcrypto cannot refuse unless the process is lost.
func allocated(_ pointer: OpaquePointer?) -> OpaquePointer {
  guard let pointer else { fatalError("libcrypto is out of memory") }
  return pointer
}
