import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// Files under a password: the published ones, and counts that a stranger could choose.
final class JWEPasswordTests: XCTestCase {
  private func text(_ password: String, _ token: String) throws -> String {
    String(
      decoding: try JWEPasswordDecrypter(Secret(Array(password.utf8))).decrypt(Array(token.utf8)),
      as: UTF8.self)
  }

  func testRFC7517EncryptedKey() throws {
    let password = "Thus from my lips, by yours, my sin is purged."
    let key = try text(password, RFCVectorsJWE.passwordBased)
    XCTAssertEqual(try object(key)["kid"]?.string, "juliet@capulet.lit")
    assertJWERefused(.decryption) { try text("Thus from my lips", RFCVectorsJWE.passwordBased) }
  }

  func testRFC7520EncryptedKeySet() throws {
    XCTAssertEqual(
      try text(CookbookJWE.password, CookbookJWE.passwordBased), CookbookJWE.passwordPlaintext)
  }

  func testThereAndBack() throws {
    let password = Secret(Array("correct horse".utf8))
    for algorithm in JWEPasswordAlgorithm.allCases {
      for contentEncryption in JWEContentEncryption.allCases {
        let token = try JWEPasswordEncrypter(
          password, algorithm, contentEncryption, iterations: 1_000
        ).encrypt([1, 2, 3])
        XCTAssertEqual(try JWEPasswordDecrypter(password).decrypt(token), [1, 2, 3])
        assertJWERefused(.decryption) {
          try JWEPasswordDecrypter(Secret([])).decrypt(token)
        }
      }
    }
  }

  func testIterationsOutOfBoundsCostNothing() throws {
    let counts = [
      "0", "1", "999", "2000001", "4294967296", "2147483647", "9223372036854775807", "-1000",
      "1e308", "4096.5", "\"4096\"", "null", "[4096]",
    ]
    let start = ContinuousClock.now
    for count in counts {
      let header =
        #"{"alg":"PBES2-HS256+A128KW","enc":"A256GCM","p2s":"AAECAwQFBgc","p2c":\#(count)}"#
      let token = try EncryptedText.token(
        header, key: Random.bytes(32), encryptedKey: Random.bytes(40))
      assertJWERefused(.headerParameter("p2c"), count) {
        try JWEPasswordDecrypter(Secret([1])).decrypt(token)
      }
    }
    XCTAssertLessThan(ContinuousClock.now - start, .seconds(1))
    assertJWERefused(.headerParameter("p2c")) {
      try JWEPasswordEncrypter(Secret([1]), iterations: 999)
    }
  }

  func testSaltsAreNeitherMissingNorShort() throws {
    for salt in ["", #""p2s":"","#, #""p2s":"AAECAwQFBg","#, #""p2s":1,"#, #""p2s":"AA=","#] {
      let header = #"{"alg":"PBES2-HS256+A128KW","enc":"A256GCM",\#(salt)"p2c":4096}"#
      let token = try EncryptedText.token(
        header, key: Random.bytes(32), encryptedKey: Random.bytes(40))
      assertJWERefused(.headerParameter("p2s"), salt) {
        try JWEPasswordDecrypter(Secret([1])).decrypt(token)
      }
    }
  }

  func testNoOtherDecrypterTakesAPassword() throws {
    let rsa = try PrivateKey.generate(.rsa(bits: 2048))
    let decrypters = [
      try JWEDecrypter(
        rsa, keyManagement: [.rsaOAEP, .rsaOAEP256],
        contentEncryption: JWEContentEncryption.allCases),
      try JWEDecrypter(
        sharing: Secret(Random.bytes(16)), keyManagement: [.a128KW, .a128GCMKW],
        contentEncryption: JWEContentEncryption.allCases),
    ]
    for decrypter in decrypters {
      assertJWERefused(.algorithm("PBES2-HS256+A128KW")) {
        try decrypter.decrypt(Array(RFCVectorsJWE.passwordBased.utf8))
      }
    }
    XCTAssertNil(JWEKeyManagement(rawValue: "PBES2-HS512+A256KW"))
  }

  func testAFileUnderAKeyIsNotOneUnderAPassword() throws {
    let key = Random.bytes(32)
    let token = try JWEEncrypter(sharing: Secret(key), .direct, .a256GCM).encrypt([1])
    assertJWERefused(.algorithm("dir")) { try JWEPasswordDecrypter(Secret(key)).decrypt(token) }
  }
}
