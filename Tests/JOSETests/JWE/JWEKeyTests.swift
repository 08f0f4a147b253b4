import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// JWKs as keys for encryption: what they say they are for is held to.
final class JWEKeyTests: XCTestCase {
  func testAKeyForSignaturesEncryptsNothing() throws {
    for algorithm in [JWSAlgorithm.es256, nil] {
      let signing = try PrivateJWK(PrivateKey.generate(.p256), keyID: "s", algorithm: algorithm)
      XCTAssertEqual(signing.publicHalf.keyManagement, [])
      assertJWERefused(.algorithm("ECDH-ES")) {
        try JWEEncrypter(to: signing.publicHalf, .ecdhES, .a256GCM)
      }
      assertJWERefused(.algorithm("ECDH-ES")) {
        try JWEDecrypter(signing, keyManagement: [.ecdhES], contentEncryption: [.a256GCM])
      }
    }
    for algorithm in [JWSAlgorithm.hs256, nil] {
      let mac = try SecretJWK(Secret(Random.bytes(32)), algorithm: algorithm)
      XCTAssertEqual(mac.keyManagement(.a256GCM), [])
      assertJWERefused(.algorithm("dir")) { try JWEEncrypter(sharing: mac, .direct, .a256GCM) }
      assertJWERefused(.algorithm("A256KW")) {
        try JWEDecrypter(sharing: mac, keyManagement: [.a256KW], contentEncryption: [.a256GCM])
      }
    }
  }

  func testAKeyIsHeldToItsAlgorithm() throws {
    let key = try PrivateJWK(
      PrivateKey.generate(.x25519), keyID: "e", encryptionAlgorithm: "ECDH-ES+A256KW")
    XCTAssertEqual(key.publicHalf.keyManagement, [.ecdhESA256KW])
    assertJWERefused(.algorithm("ECDH-ES")) {
      try JWEEncrypter(to: key.publicHalf, .ecdhES, .a256GCM)
    }
    let token = try JWEEncrypter(to: key.publicHalf, .ecdhESA256KW, .a256GCM).encrypt([1])
    let decrypted = try JWEDecrypter(
      key, keyManagement: [.ecdhESA256KW], contentEncryption: [.a256GCM]
    ).decrypt(token)
    XCTAssertEqual(decrypted.header.keyID, "e")
    XCTAssertEqual(decrypted.plaintext, [1])
    let other = try PrivateJWK(key.key, keyID: "f", encryptionAlgorithm: nil)
    assertJWERefused(.unknownKey) {
      try JWEDecrypter(other, keyManagement: [.ecdhESA256KW], contentEncryption: [.a256GCM])
        .decrypt(token)
    }
    let wrapping = try SecretJWK(Secret(Random.bytes(32)), encryptionAlgorithm: "A256KW")
    XCTAssertEqual(wrapping.keyManagement(.a256GCM), [.a256KW])
    let content = try SecretJWK(Secret(Random.bytes(32)), encryptionAlgorithm: "A256GCM")
    XCTAssertEqual(content.keyManagement(.a256GCM), [.direct])
    XCTAssertEqual(content.keyManagement(.a128CBCHS256), [])
  }

  /// RFC 8037 appendix A.6 and A.7, whose headers RFC 7748 6 gives the secrets for.
  func testRFC8037KeysAreReadAsTheyArePrinted() throws {
    for (curve, x) in [
      ("X25519", "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"),
      (
        "X448",
        "mwj3zDG34-Z9ItWuoSEHSic70rg94Jxj-qc9LCLF2bvINmRyQdlT1AxbEtqIEg1TF3-A5TLEH6A"
      ),
    ] {
      let key = try JWK(
        try object(#"{"kty":"OKP","crv":"\#(curve)","x":"\#(x)"}"#), for: .encryption)
      XCTAssertEqual(
        key.keyManagement, [.ecdhES, .ecdhESA128KW, .ecdhESA192KW, .ecdhESA256KW])
      XCTAssertNoThrow(try JWEEncrypter(to: key, .ecdhESA128KW, .a128GCM).encrypt([1]))
    }
  }

  /// A point of low order makes a secret that everybody knows (RFC 7748 6.1).
  func testEphemeralKeysOfLowOrderAreRefused() throws {
    let zeros = { (count: Int) in [UInt8](repeating: 0, count: count) }
    let x25519 = [
      zeros(32), [1] + zeros(31),
      hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
      hex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
      hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ]
    let ones = [UInt8](repeating: 0xff, count: 27)
    let x448 = [
      zeros(56), [1] + zeros(55), [0xfe] + ones + [0xfe] + ones, ones + [0xff, 0xfe] + ones,
      zeros(28) + ones + [0xff],
    ]
    for (type, name, points) in [
      (KeyType.x25519, "X25519", x25519), (.x448, "X448", x448),
    ] {
      let decrypter = try JWEDecrypter(
        PrivateKey.generate(type), keyManagement: [.ecdhES], contentEncryption: [.a128GCM])
      for point in points {
        let epk = #"{"kty":"OKP","crv":"\#(name)","x":"\#(Base64.url.encode(point))"}"#
        let secret = Secret(zeros(point.count))
        let known = derivedKey(secret)
        let token = try EncryptedText.token(
          #"{"alg":"ECDH-ES","enc":"A128GCM","epk":\#(epk)}"#, key: known, .aesGCM(.bits128))
        assertJWERefused(.decryption, epk) { try decrypter.decrypt(token) }
      }
      for length in [0, 31, 33, 55, 57] {
        let x = Base64.url.encode(zeros(length))
        let token = try EncryptedText.token(
          #"{"alg":"ECDH-ES","enc":"A128GCM","epk":{"kty":"OKP","crv":"\#(name)","x":"\#(x)"}}"#,
          key: Random.bytes(16), .aesGCM(.bits128))
        assertJWERefused(.headerParameter("epk")) { try decrypter.decrypt(token) }
      }
    }
  }

  /// The key that an attacker derives from a secret that he forced.
  private func derivedKey(_ secret: Secret<[UInt8]>) -> [UInt8] {
    let name = Array("A128GCM".utf8)
    let info: [UInt8] = [0, 0, 0, 7] + name + [0, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 128]
    return SingleStepKDF.derive(from: secret, info: info, length: 16).reveal()
  }

  private func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] * 16 + digits[$0 + 1])
    }
  }
}
