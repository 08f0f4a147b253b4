import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

final class SecretJWKTests: XCTestCase {
  private func secret(_ length: Int, _ members: JSONObject = [:]) throws -> SecretJWK {
    var object: JSONObject = ["kty": "oct"]
    object["k"] = .string(Base64.url.encode([UInt8](repeating: 7, count: length)))
    for member in members.members { object[member.name] = member.value }
    return try SecretJWK(object)
  }

  func testKeysShorterThanTheDigestAreRefused() throws {
    for (algorithm, length) in [("HS256", 32), ("HS384", 48), ("HS512", 64)] {
      let weak = length - 1
      assertRefused(.unfitKey(.weakKey("HMAC key of \(weak) bytes"))) {
        try secret(weak, ["alg": .string(algorithm)])
      }
      XCTAssertEqual(
        try secret(length, ["alg": .string(algorithm)]).algorithms.map(\.rawValue), [algorithm])
    }
    XCTAssertEqual(try secret(32).algorithms, [.hs256])
    XCTAssertEqual(try secret(64).algorithms, [.hs256, .hs384, .hs512])
    assertRefused(.unfitKey(.weakKey("HMAC key of 16 bytes"))) { try secret(16) }
  }

  func testWhatIsNoSecretForMACsIsRefused() throws {
    let table: [(JSONObject, JOSEError)] = [
      (["alg": "RS256"], .algorithm("RS256")), (["alg": "A128KW"], .unsupportedKey("A128KW")),
      (["use": "enc"], .unsupportedKey("use enc")), (["kty": "EC"], .unsupportedKey("EC")),
      (["k": 1], .malformedKey("k")), (["k": ""], .malformedKey("k")),
      (["k": "AA=="], .malformedKey("k")), (["key_ops": ["wrapKey"]], .unsupportedKey("use enc")),
      (["k": .string(String(repeating: "A", count: 1368))], .malformedKey("k")),
    ]
    for (members, expected) in table { assertRefused(expected) { try secret(32, members) } }
  }

  func testOperationsAreKeptApart() throws {
    let verifying = try secret(32, ["key_ops": ["verify"]])
    assertRefused(.algorithm("HS256")) { try JWSSigner(verifying, .hs256) }
    XCTAssertNoThrow(try JWSVerifier(verifying, .hs256))
    let signing = try secret(32, ["key_ops": ["sign"]])
    assertRefused(.algorithm("HS256")) { try JWSVerifier(signing, .hs256) }
    XCTAssertNoThrow(try JWSSigner(signing, .hs256))
  }

  func testEveryMACIsVerified() throws {
    let key = try secret(64, ["kid": "s"])
    for algorithm in JWSAlgorithm.symmetric {
      let text = try JWSSigner(key, algorithm, type: "JWT").sign(Array("{}".utf8))
      let verified = try VerifiedJWS(
        verifying: text, withSecrets: [key], algorithms: [algorithm])
      XCTAssertEqual(verified.keyID, "s")
      XCTAssertEqual(verified.payload, Array("{}".utf8))
      for other in JWSAlgorithm.symmetric where other != algorithm {
        assertRefused(.algorithm(algorithm.rawValue)) {
          try VerifiedJWS(verifying: text, withSecrets: [key], algorithms: [other])
        }
      }
      let wrong = try SecretJWK(Secret([UInt8](repeating: 8, count: 64)), keyID: "s")
      assertRefused(.signature) {
        try VerifiedJWS(verifying: text, withSecrets: [wrong], algorithms: [algorithm])
      }
    }
  }

  func testItNeverPrints() throws {
    let key = try secret(32)
    XCTAssertFalse("\(key)".contains("7, 7"))
    XCTAssertEqual("\(key.json)", "[redacted]")
    XCTAssertEqual(
      try SecretJWK(key.json.reveal()).thumbprints.text(.sha256),
      key.thumbprints.text(.sha256))
  }

  /// No type of ours takes both: this is what keeps HS256 with a public key from ever being tried.
  func testNoKeyPairFitsHMACAndNoSecretFitsSignatures() throws {
    let pairs: [KeyType] = [
      .p256, .p384, .p521, .secp256k1, .rsa(bits: 2048), .ed25519, .ed448, .x25519, .x448,
    ]
    for algorithm in JWSAlgorithm.allCases {
      XCTAssertEqual(algorithm.scheme == nil, algorithm.macDigest != nil)
      for type in pairs where algorithm.macDigest != nil {
        XCTAssertFalse(algorithm.fits(type))
      }
    }
    XCTAssertTrue(Set(JWSAlgorithm.asymmetric).isDisjoint(with: JWSAlgorithm.symmetric))
    XCTAssertEqual(JWSAlgorithm.symmetric, [.hs256, .hs384, .hs512])
  }
}
