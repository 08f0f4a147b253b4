import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// A compact JWE put together by hand, so that a test can make what no encrypter makes.
enum EncryptedText {
  /// Encrypts under a content key by a header given as text, whatever it says.
  static func token(
    _ header: String, _ plaintext: String = "secret", key: [UInt8],
    _ cipher: AuthenticatedCipher = .aesGCM(.bits256), encryptedKey: [UInt8] = []
  ) throws -> [UInt8] {
    let header = Base64.url.encode(Array(header.utf8))
    let (content, additionalData) = (Array(plaintext.utf8), Array(header.utf8))
    let sealed = try cipher.seal(
      content.span, key: Secret(key), additionalData: additionalData.span)
    let segments = [encryptedKey, sealed.nonce, sealed.ciphertext, sealed.tag]
    return Array(
      ([header] + segments.map { Base64.url.encode($0) }).joined(separator: ".").utf8)
  }

  /// The segments of a token.
  static func segments(_ token: [UInt8]) -> [String] {
    String(decoding: token, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// A token of segments.
  static func joined(_ segments: [String]) -> [UInt8] {
    Array(segments.joined(separator: ".").utf8)
  }
}

/// Keys of published examples, whatever use they name.
enum ExampleKey {
  /// A private key.
  static func pair(_ jwk: String) throws -> PrivateKey {
    var object = try object(jwk)
    for name in ["use", "alg", "key_ops"] { object[name] = nil }
    return try PrivateJWK(object).key
  }

  /// A shared key.
  static func shared(_ jwk: String) throws -> Secret<[UInt8]> {
    let text = try XCTUnwrap(try object(jwk)["k"]?.string)
    return Secret(try XCTUnwrap(Base64.url.decode(text)))
  }
}

/// Asserts that an expression throws exactly an error of encryption.
func assertJWERefused<Value>(
  _ expected: JWEError, _ message: String = "", file: StaticString = #filePath,
  line: UInt = #line, _ body: () throws -> Value
) {
  XCTAssertThrowsError(try body(), message, file: file, line: line) {
    XCTAssertEqual($0 as? JWEError, expected, message, file: file, line: line)
  }
}
