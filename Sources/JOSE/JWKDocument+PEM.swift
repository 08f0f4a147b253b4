internal import Cryptography
internal import Diagnostics

extension JWKDocument {
  /// Whether a text is PEM (RFC 7468), and not JSON.
  static func isPEM(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("-----BEGIN ".utf8)) }

  /// Reads one PEM key: a `PUBLIC KEY`, or a private one without a password.
  ///
  /// PEM says nothing of a purpose, so the key has the one that it is wanted for.
  init(pem bytes: [UInt8], for use: JWKUse?) throws(JOSEError) {
    let purpose = JWKPurpose(use: use, algorithm: nil)
    if Self.isPublic(bytes) {
      self = .publicKeys([try JWK(Self.publicKey(bytes), keyID: nil, purpose)])
    } else {
      self = .privateKeys([try PrivateJWK(Self.privateKey(bytes), keyID: nil, purpose)])
    }
  }

  private static func isPublic(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: Array("-----BEGIN PUBLIC KEY-----".utf8))
  }

  private static func publicKey(_ bytes: [UInt8]) throws(JOSEError) -> PublicKey {
    do {
      return try PublicKey(pem: bytes)
    } catch {
      throw .unfitKey(error)
    }
  }

  private static func privateKey(_ bytes: [UInt8]) throws(JOSEError) -> PrivateKey {
    do {
      return try PrivateKey(pem: Secret(bytes))
    } catch {
      throw .unfitKey(error)
    }
  }
}
