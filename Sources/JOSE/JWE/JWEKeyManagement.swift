public import Cryptography

/// How both sides of a JWE come by the content encryption key: the `alg` header (RFC 7518 4.1).
///
/// Missing on purpose: RSA1_5, whose padding answers an attacker's questions, and PBES2, whose
/// iteration count is a stranger's to choose (see `JWEPasswordDecrypter` for files of one's own).
public enum JWEKeyManagement: String, Sendable, CaseIterable {
  /// The shared key is the content encryption key.
  case direct = "dir"
  /// RSAES-OAEP with SHA-1.
  case rsaOAEP = "RSA-OAEP"
  /// RSAES-OAEP with SHA-256.
  case rsaOAEP256 = "RSA-OAEP-256"
  /// Diffie-Hellman with an ephemeral key; what is agreed on is the content encryption key.
  case ecdhES = "ECDH-ES"
  /// Diffie-Hellman with an ephemeral key, then AES key wrap with 128 bits.
  case ecdhESA128KW = "ECDH-ES+A128KW"
  /// Diffie-Hellman with an ephemeral key, then AES key wrap with 192 bits.
  case ecdhESA192KW = "ECDH-ES+A192KW"
  /// Diffie-Hellman with an ephemeral key, then AES key wrap with 256 bits.
  case ecdhESA256KW = "ECDH-ES+A256KW"
  /// AES key wrap under a shared key of 128 bits.
  case a128KW = "A128KW"
  /// AES key wrap under a shared key of 192 bits.
  case a192KW = "A192KW"
  /// AES key wrap under a shared key of 256 bits.
  case a256KW = "A256KW"
  /// AES-GCM under a shared key of 128 bits.
  case a128GCMKW = "A128GCMKW"
  /// AES-GCM under a shared key of 192 bits.
  case a192GCMKW = "A192GCMKW"
  /// AES-GCM under a shared key of 256 bits.
  case a256GCMKW = "A256GCMKW"

  /// Whether it is for key pairs of a type.
  public func fits(_ type: KeyType) -> Bool {
    switch method {
    case .oaep: if case .rsa = type { true } else { false }
    case .agreement: type.canAgree
    case .direct, .keyWrap, .gcmKeyWrap: false
    }
  }

  /// Whether it is for a shared key of so many bytes, with a content encryption.
  public func fits(sharedKeyOf bytes: Int, _ contentEncryption: JWEContentEncryption) -> Bool {
    switch method {
    case .direct: bytes == contentEncryption.keyLength
    case .keyWrap(let length), .gcmKeyWrap(let length): bytes == length.bytes
    case .oaep, .agreement: false
    }
  }

  /// What an algorithm does: the whole of what it is beside its name.
  enum Method {
    case direct
    case oaep(RSAOAEP)
    /// Without a length, the agreed key is the content encryption key itself.
    case agreement(wrap: AESKeyLength?)
    case keyWrap(AESKeyLength)
    case gcmKeyWrap(AESKeyLength)
  }

  var method: Method {
    switch self {
    case .direct: .direct
    case .rsaOAEP: .oaep(.sha1)
    case .rsaOAEP256: .oaep(.sha256)
    case .ecdhES: .agreement(wrap: nil)
    case .ecdhESA128KW: .agreement(wrap: .bits128)
    case .ecdhESA192KW: .agreement(wrap: .bits192)
    case .ecdhESA256KW: .agreement(wrap: .bits256)
    case .a128KW: .keyWrap(.bits128)
    case .a192KW: .keyWrap(.bits192)
    case .a256KW: .keyWrap(.bits256)
    case .a128GCMKW: .gcmKeyWrap(.bits128)
    case .a192GCMKW: .gcmKeyWrap(.bits192)
    case .a256GCMKW: .gcmKeyWrap(.bits256)
    }
  }
}
