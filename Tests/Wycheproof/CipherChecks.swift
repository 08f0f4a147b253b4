import Cryptography
import Diagnostics
import JSON

/// MACs, content encryption and key encryption.
enum CipherChecks {
  static func mac(_ each: VectorCase, _ digest: DigestAlgorithm) throws {
    let message = try each.bytes("msg")
    let tag = HMAC(digest, key: try each.secret("key")).tag(message.span)
    // Truncated tags are compared here: nothing of ours takes them.
    guard try tag.prefix(each.number("tagSize") / 8) == each.bytes("tag")[...] else {
      throw WrongResult()
    }
  }

  static func gcm(_ each: VectorCase) throws {
    guard let length = AESKeyLength(rawValue: try each.number("keySize")) else {
      throw CryptographyError.malformedKey
    }
    try open(each, .aesGCM(length))
  }

  static func open(_ each: VectorCase, _ cipher: AuthenticatedCipher) throws {
    let (ciphertext, nonce) = (try each.bytes("ct"), try each.bytes("iv"))
    let (tag, additional) = (try each.bytes("tag"), try each.bytes("aad"))
    let plaintext = try cipher.open(
      ciphertext.span, nonce: nonce.span, tag: tag.span, key: each.secret("key"),
      additionalData: additional.span)
    guard plaintext == (try each.bytes("msg")) else { throw WrongResult() }
  }

  static func unwrap(_ each: VectorCase) throws {
    let wrapped = try each.bytes("ct")
    let wrap = try AESKeyWrap(key: each.secret("key"))
    guard try wrap.unwrap(wrapped.span).reveal() == each.bytes("msg") else { throw WrongResult() }
  }

  static func oaep(_ each: VectorCase, _ scheme: RSAOAEP) throws {
    let ciphertext = try each.bytes("ct")
    let key = try PrivateKey(pkcs8: each.secret("privateKeyPkcs8"))
    guard try scheme.decrypt(ciphertext.span, with: key).reveal() == each.bytes("msg") else {
      throw WrongResult()
    }
  }
}
