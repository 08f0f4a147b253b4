import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// Attacks that turn on which algorithm, which key and which form of signature, over all of them.
final class AlgorithmAttackTests: XCTestCase {
  /// Key pairs by type; RSA's is made once, since it takes long.
  private static let keys: [KeyType: PrivateKey] = {
    let types: [KeyType] = [
      .p256, .p384, .p521, .secp256k1, .ed25519, .ed448, .x25519, .x448, .rsa(bits: 2048),
    ]
    return Dictionary(
      uniqueKeysWithValues: types.compactMap { type in
        (try? PrivateKey.generate(type)).map { (type, $0) }
      })
  }()

  private func key(_ type: KeyType) throws -> PrivateKey { try XCTUnwrap(Self.keys[type]) }

  private func verify(
    _ token: [UInt8], _ keys: [JWK], _ algorithms: [JWSAlgorithm] = JWSAlgorithm.allCases
  ) throws -> VerifiedJWS {
    try VerifiedJWS(verifying: token, with: JWKSet(keys), algorithms: algorithms)
  }

  // MARK: - The algorithm is the key's, not the token's

  func testNoKeyIsForAnAlgorithmOfAnotherType() throws {
    XCTAssertEqual(Self.keys.count, 9)
    for (type, pair) in Self.keys {
      for algorithm in JWSAlgorithm.allCases where !algorithm.fits(type) {
        XCTAssertThrowsError(
          try JWK(pair.publicKey(), algorithm: algorithm), "\(type) \(algorithm)")
        XCTAssertThrowsError(try PrivateJWK(pair, algorithm: algorithm))
      }
    }
  }

  /// A token of each algorithm, its header renamed to each other one.
  func testRenamedAlgorithmsAreRefused() throws {
    for (type, pair) in Self.keys {
      let fitting = JWSAlgorithm.asymmetric.filter { $0.fits(type) }
      for algorithm in fitting {
        let jwk = try JWK(pair.publicKey(), keyID: "k", algorithm: algorithm)
        for name in JWSAlgorithm.allCases.map(\.rawValue) + ["none", "ES521", "RSA1_5", "dir"]
        where name != algorithm.rawValue {
          let token = try Compact.token(
            #"{"alg":"\#(name)","kid":"k"}"#, "{}", pair, XCTUnwrap(algorithm.scheme))
          XCTAssertThrowsError(try verify(token, [jwk]), "\(algorithm) as \(name)") {
            let error = $0 as? JOSEError
            XCTAssertTrue(error == .algorithm(name) || error == .unsecured, "\($0)")
          }
        }
      }
    }
  }

  /// Both names of RFC 9864 and the old one do the same: only the key's own is taken all the same.
  func testNamesOfEdwardsAlgorithmsAreKeptApart() throws {
    for (type, own) in [(KeyType.ed25519, JWSAlgorithm.ed25519), (.ed448, .ed448)] {
      let pair = try key(type)
      for written in [JWSAlgorithm.eddsa, own] {
        let token = try JWSSigner(PrivateJWK(pair, keyID: "k"), written).sign([])
        XCTAssertNoThrow(try verify(token, [JWK(pair.publicKey(), keyID: "k")]))
        XCTAssertNoThrow(
          try verify(token, [JWK(pair.publicKey(), keyID: "k", algorithm: written)]))
        let other = written == own ? JWSAlgorithm.eddsa : own
        assertRefused(.algorithm(written.rawValue)) {
          try verify(token, [JWK(pair.publicKey(), keyID: "k", algorithm: other)])
        }
        assertRefused(.algorithm(written.rawValue)) {
          try verify(token, [JWK(pair.publicKey(), keyID: "k")], [other])
        }
      }
    }
    let ed448 = try JWK(key(.ed448).publicKey(), keyID: "k")
    let token = try JWSSigner(PrivateJWK(key(.ed25519), keyID: "k"), .eddsa).sign([])
    assertRefused(.signature) { try verify(token, [ed448]) }
  }

  func testSchemesOfOneRSAKeyAreNotMixed() throws {
    let pair = try key(.rsa(bits: 2048))
    let jwk = try JWK(pair.publicKey(), keyID: "k")
    for (written, signed) in [
      (JWSAlgorithm.rs256, JWSAlgorithm.ps256), (.ps256, .rs256), (.rs256, .rs512),
      (.ps384, .ps256), (.ps512, .rs512),
    ] {
      let token = try Compact.token(
        #"{"alg":"\#(written.rawValue)","kid":"k"}"#, "{}", pair, XCTUnwrap(signed.scheme))
      assertRefused(.signature) { try verify(token, [jwk]) }
    }
  }

  // MARK: - HMAC with what is public

  func testNothingPublicServesAsAnHMACSecret() throws {
    for (type, pair) in Self.keys where type.signatureLength != nil {
      let half = try pair.publicKey()
      let jwk = try JWK(half, keyID: "k")
      let json = jwk.json.serialized()
      let secrets = [
        try half.pem(), try half.pem().dropLast(), try half.der(), json,
        JSONValue.object(JSONObject([("keys", .array([.object(jwk.json)]))])).serialized(),
        Array(jwk.thumbprint.utf8), [],
      ]
      for secret in secrets {
        for (name, digest) in [
          ("HS256", DigestAlgorithm.sha256), ("HS384", .sha384), ("HS512", .sha512),
        ] {
          let input =
            Base64.url.encode(Array(#"{"alg":"\#(name)","kid":"k"}"#.utf8)) + ".e30"
          let tag = HMAC(digest, key: Secret(Array(secret))).tag(Array(input.utf8).span)
          let token = Array((input + "." + Base64.url.encode(tag)).utf8)
          assertRefused(.algorithm(name)) { try verify(token, [jwk]) }
        }
      }
    }
  }

  func testASecretVerifiesNoSignature() throws {
    let secret = try SecretJWK(Secret(try key(.p256).publicKey().pem()), keyID: "k")
    let token = try JWSSigner(PrivateJWK(key(.p256), keyID: "k"), .es256).sign([])
    assertRefused(.algorithm("ES256")) {
      try VerifiedJWS(
        verifying: token, withSecrets: [secret], algorithms: JWSAlgorithm.allCases)
    }
  }

  // MARK: - Forms of ECDSA signatures

  /// The orders of the groups, big-endian.
  private static let orders: [KeyType: String] = [
    .p256: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    .p384: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77a"
      + "ecec196accc52973",
    .p521: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f"
      + "966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
    .secp256k1: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
  ]

  func testPsychicAndOtherImpossibleSignaturesAreRefusedOnEveryCurve() throws {
    for (type, text) in Self.orders {
      let order = stride(from: 0, to: text.count, by: 2).map { offset in
        UInt8(text.dropFirst(offset).prefix(2), radix: 16) ?? 0
      }
      let algorithm = try XCTUnwrap(JWSAlgorithm.asymmetric.first { $0.fits(type) })
      let pair = try PrivateJWK(key(type), keyID: "k")
      let good = try JWSSigner(pair, algorithm).sign([])
      let dot = try XCTUnwrap(good.lastIndex(of: UInt8(ascii: ".")))
      let signature = try XCTUnwrap(
        Base64.url.decode(String(decoding: good[(dot + 1)...], as: UTF8.self)))
      let half = order.count
      XCTAssertEqual(signature.count, 2 * half, "\(type)")
      let (r, s) = (Array(signature[..<half]), Array(signature[half...]))
      let zero = [UInt8](repeating: 0, count: half)
      let one: [UInt8] = zero.dropLast() + [1]
      let ones = [UInt8](repeating: 0xff, count: half)
      let impossible: [[UInt8]] = [
        zero + zero, zero + one, one + zero, r + zero, zero + s, order + s, r + order,
        order + order, ones + ones, s + r, one + one, [0] + signature, signature + [0],
        Array(signature.dropLast()), Array(signature.dropFirst()), [], Self.der(r, s), r, r + s + s,
      ]
      for bad in impossible {
        let token = Array(good[...dot]) + Array(Base64.url.encode(bad).utf8)
        assertRefused(.signature) { try verify(token, [pair.publicHalf]) }
      }
      XCTAssertNoThrow(try verify(good, [pair.publicHalf]), "\(type)")
    }
  }

  private static func der(_ r: [UInt8], _ s: [UInt8]) -> [UInt8] {
    func number(_ bytes: [UInt8]) -> [UInt8] {
      let digits = [0] + bytes.drop { $0 == 0 }
      return [2, UInt8(digits.count)] + digits
    }
    let body = number(r) + number(s)
    return [0x30] + (body.count > 127 ? [0x81] : []) + [UInt8(body.count)] + body
  }

  // MARK: - Names of keys

  /// Swift takes the two spellings of é for the same string; a `kid` is its bytes.
  func testKeyIDsAreComparedByBytes() throws {
    let pair = try key(.p256)
    let composed = try JWK(pair.publicKey(), keyID: "caf\u{e9}")
    let other = try JWK(key(.p384).publicKey(), keyID: "x")
    let token = try JWSSigner(PrivateJWK(pair, keyID: "cafe\u{301}"), .es256).sign([])
    assertRefused(.unknownKey) { try verify(token, [composed, other]) }
  }

  func testAKeyThatHasANameIsNotTriedForAnother() throws {
    let pair = try key(.p256)
    for keyID in ["", "K", "k ", "../k", "k\\u0000", "' or 1=1 --", "https://evil.example/k"] {
      let token = try Compact.token(
        #"{"alg":"ES256","kid":"\#(keyID)"}"#, "{}", pair, .ecdsa(.sha256))
      assertRefused(.unknownKey) { try verify(token, [JWK(pair.publicKey(), keyID: "k")]) }
    }
    // One key without a name is the only one that can be meant.
    let token = try Compact.token(#"{"alg":"ES256","kid":"x"}"#, "{}", pair, .ecdsa(.sha256))
    XCTAssertNoThrow(try verify(token, [JWK(pair.publicKey())]))
    assertRefused(.unknownKey) {
      try verify(token, [JWK(pair.publicKey()), JWK(key(.p384).publicKey())])
    }
  }

  // MARK: - Keys

  /// Another text of the same number would be the same key under another name.
  func testLeadingZerosMakeNoOtherThumbprint() throws {
    let pair = try key(.rsa(bits: 2048))
    let jwk = try JWK(pair.publicKey())
    guard case .rsa(let modulus, let exponent) = try pair.publicKey().components() else {
      return XCTFail()
    }
    let padded = try JWK([
      "kty": "RSA", "n": .string(Base64.url.encode([0, 0] + modulus)),
      "e": .string(Base64.url.encode([0] + exponent)),
    ])
    XCTAssertEqual(padded.thumbprint, jwk.thumbprint)
    XCTAssertEqual(padded.json["n"], jwk.json["n"])
    guard case .ec(_, let x, let y) = try key(.p256).publicKey().components() else {
      return XCTFail()
    }
    assertRefused(.unfitKey(.malformedKey)) {
      try JWK([
        "kty": "EC", "crv": "P-256", "x": .string(Base64.url.encode([0] + x)),
        "y": .string(Base64.url.encode(y)),
      ])
    }
  }

  func testPointsOfOneCurveAreNoneOfAnother() throws {
    for (curve, others) in [
      ("P-256", ["secp256k1"]), ("secp256k1", ["P-256"]), ("Ed25519", ["X25519"]),
    ] {
      let type: KeyType =
        curve == "P-256" ? .p256 : curve == "Ed25519" ? .ed25519 : .secp256k1
      for other in others {
        var object = try JWK(key(type).publicKey()).json
        object["crv"] = .string(other)
        XCTAssertThrowsError(try JWK(object), "\(curve) as \(other)")
      }
    }
  }
}
