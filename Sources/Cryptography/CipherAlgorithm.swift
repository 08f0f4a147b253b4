internal import COpenSSL

/// The three key lengths of AES (FIPS 197).
public enum AESKeyLength: Int, Sendable, CaseIterable {
  /// 128 bits.
  case bits128 = 128
  /// 192 bits.
  case bits192 = 192
  /// 256 bits.
  case bits256 = 256

  /// Bytes in a key.
  public var bytes: Int { rawValue / 8 }
}

/// A cipher of libcrypto: AES of one key length in one mode.
struct CipherAlgorithm {
  enum Mode: String, CaseIterable {
    case gcm = "GCM"
    case cbc = "CBC"
    /// Key wrap (RFC 3394).
    case wrap = "WRAP"
  }

  let mode: Mode
  let keyLength: AESKeyLength

  static let all = Mode.allCases.flatMap { mode in
    AESKeyLength.allCases.map { CipherAlgorithm(mode: mode, keyLength: $0) }
  }
  static let count = Mode.allCases.count * AESKeyLength.allCases.count

  /// The name by which libcrypto knows it.
  var name: String { "AES-\(keyLength.rawValue)-\(mode.rawValue)" }

  var method: OpaquePointer { Algorithms.ciphers[index] }

  /// Its place in `all`.
  var index: Int {
    let row =
      switch mode {
      case .gcm: 0
      case .cbc: 1
      case .wrap: 2
      }
    let column =
      switch keyLength {
      case .bits128: 0
      case .bits192: 1
      case .bits256: 2
      }
    return row * 3 + column
  }
}
