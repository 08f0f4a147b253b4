import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

final class JWKTests: XCTestCase {
  func testPrivateAndSymmetricKeysAreRefusedAsPublic() throws {
    for text in [Vectors.ecKey, Vectors.rsaKey, Vectors.edKey] {
      assertRefused(.privateKey) { try JWK(try object(text)) }
      assertRefused(.privateKey) { try JWKSet(parsing: Array("{\"keys\":[\(text)]}".utf8)) }
    }
    assertRefused(.privateKey) { try JWK(["kty": "oct", "k": "AAAA"]) }
    assertRefused(.privateKey) { try JWK(["kty": "oct"]) }
  }

  func testMalformedMembersAreNamed() throws {
    let good = try PrivateJWK(try object(Vectors.ecKey)).publicHalf.json
    let table: [(String, JSONValue?, JOSEError)] = [
      ("kty", nil, .malformedKey("kty")), ("kty", 1, .malformedKey("kty")),
      ("kty", "ec", .unsupportedKey("ec")), ("crv", nil, .malformedKey("crv")),
      ("crv", "P-521", .unfitKey(.malformedKey)), ("crv", "P-224", .unsupportedKey("P-224")),
      ("crv", "p-256", .unsupportedKey("p-256")),
      ("x", nil, .malformedKey("x")), ("x", "A", .malformedKey("x")),
      ("x", "AA==", .malformedKey("x")), ("y", 7, .malformedKey("y")),
      ("x", "AAAA", .unfitKey(.malformedKey)), ("kid", 1, .malformedKey("kid")),
      ("alg", "HS256", .algorithm("HS256")), ("alg", "HS1", .unsupportedKey("HS1")),
      ("alg", 1, .malformedKey("alg")),
      ("alg", "RS256", .algorithm("RS256")), ("alg", "ES384", .algorithm("ES384")),
      ("use", "enc", .unsupportedKey("use enc")), ("use", 1, .malformedKey("use")),
      ("key_ops", ["sign"], .unsupportedKey("key_ops")),
      ("key_ops", ["verify", "verify"], .malformedKey("key_ops")),
      ("key_ops", ["verify", "encrypt"], .ambiguousKey("use, key_ops and alg disagree")),
      ("key_ops", ["deriveKey"], .ambiguousKey("use, key_ops and alg disagree")),
      ("use", "tls", .unsupportedKey("use tls")),
      ("key_ops", [], .unsupportedKey("key_ops")),
      ("key_ops", "verify", .malformedKey("key_ops")),
      ("key_ops", ["verify", 1], .malformedKey("key_ops")),
    ]
    for (name, value, expected) in table {
      var object = good
      object[name] = value
      assertRefused(expected) { try JWK(object) }
    }
  }

  func testUnfitNumbersAreRefused() throws {
    let zero = Base64.url.encode([UInt8](repeating: 0, count: 32))
    assertRefused(.unfitKey(.inconsistentKey)) {
      try JWK(["kty": "EC", "crv": "P-256", "x": .string(zero), "y": .string(zero)])
    }
    let modulus = try object(Vectors.thumbprintKey)["n"] ?? .null
    assertRefused(.unfitKey(.weakKey("RSA exponent 1"))) {
      try JWK(["kty": "RSA", "n": modulus, "e": "AQ"])
    }
    assertRefused(.unfitKey(.weakKey("RSA modulus of 24 bits"))) {
      try JWK(["kty": "RSA", "n": "____", "e": "AQAB"])
    }
    assertRefused(.unfitKey(.malformedKey)) {
      try JWK(["kty": "OKP", "crv": "Ed25519", "x": "AAAA"])
    }
    var mixed = try object(Vectors.ecKey)
    mixed["d"] = .string(Base64.url.encode([UInt8](repeating: 1, count: 32)))
    assertRefused(.unfitKey(.inconsistentKey)) { try PrivateJWK(mixed) }
  }

  func testSetsLeaveOutWhatTheyDoNotUnderstand() throws {
    let good = String(
      decoding: JSONValue.object(try PrivateJWK(try object(Vectors.ecKey)).publicHalf.json)
        .serialized(), as: UTF8.self)
    let text = """
      {"keys":[{"kty":"XYZ"},{"kty":"OKP","crv":"X25519","x":"AAAA"},
      {"kty":"RSA","use":"enc","n":"AA","e":"AQ"},{"kty":"RSA","alg":"RSA-OAEP"},\(good)],"x":1}
      """
    XCTAssertEqual(try JWKSet(parsing: Array(text.utf8)).keys.count, 1)
    for bad in [
      "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[1]}"#, #"{"keys":[{}]}"#,
      #"{"keys":[],"keys":[]}"#, "{\"keys\":[\(good)]}x",
    ] {
      XCTAssertThrowsError(try JWKSet(parsing: Array(bad.utf8)), bad)
    }
    let many =
      "{\"keys\":[" + Array(repeating: "{\"kty\":\"X\"}", count: 101).joined(separator: ",")
    assertRefused(.malformedKey("keys")) { try JWKSet(parsing: Array((many + "]}").utf8)) }
    let long = [UInt8](repeating: 0x20, count: JWKSet.byteLimit + 1)
    assertRefused(.tooLarge(limit: JWKSet.byteLimit)) { try JWKSet(parsing: long) }
  }

  func testKeyIDsAreUnique() throws {
    let one = try JWK(PrivateKey.generate(.p256).publicKey(), keyID: "a")
    let other = try JWK(PrivateKey.generate(.p256).publicKey(), keyID: "a")
    assertRefused(.duplicateKeyID("a")) { try JWKSet([one, other]) }
  }

  func testEveryKeySurvivesItsJSON() throws {
    for (type, algorithm) in [
      (KeyType.p256, JWSAlgorithm.es256), (.p384, .es384), (.rsa(bits: 2048), .ps256),
      (.ed25519, .eddsa), (.ed25519, .ed25519), (.ed448, .ed448), (.ed448, .eddsa),
      (.p521, .es512), (.secp256k1, .es256k), (.rsa(bits: 2048), .rs512),
    ] {
      let key = try PrivateJWK(PrivateKey.generate(type), keyID: "k", algorithm: algorithm)
      let copy = try PrivateJWK(try key.json().reveal())
      XCTAssertEqual(copy.publicHalf.json, key.publicHalf.json)
      let half = try JWK(key.publicHalf.json)
      XCTAssertEqual(half.json, key.publicHalf.json)
      XCTAssertEqual(half.thumbprint, key.publicHalf.thumbprint)
      XCTAssertEqual(half.algorithms, [algorithm])
    }
  }

  func testAKeyWithoutAlgorithmServesThoseOfItsType() throws {
    let key = try JWK(PrivateKey.generate(.rsa(bits: 2048)).publicKey())
    XCTAssertEqual(key.algorithms, [.rs256, .ps256, .rs384, .rs512, .ps384, .ps512])
    XCTAssertEqual(try JWK(PrivateKey.generate(.p384).publicKey()).algorithms, [.es384])
  }
}
