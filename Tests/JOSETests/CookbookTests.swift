import Cryptography
import JOSE
import JSON
import XCTest

/// RFC 7520 section 4, RFC 7517 appendix A, RFC 7797: what others printed, taken or refused.
final class CookbookTests: XCTestCase {
  private let payload = Array(CookbookJWS.payload.utf8)

  private func signer(_ key: String, _ algorithm: JWSAlgorithm) throws -> JWSSigner {
    try JWSSigner(try PrivateJWK(try object(key)), algorithm)
  }

  private func verify(_ token: String, _ key: String) throws -> VerifiedJWS {
    let half = try PrivateJWK(try object(key)).publicHalf
    return try VerifiedJWS(
      verifying: Array(token.utf8), with: JWKSet([half]), algorithms: JWSAlgorithm.allCases)
  }

  func testRFC7520SignaturesAreVerified() throws {
    XCTAssertEqual(try verify(CookbookJWS.rs256, CookbookJWS.rs256Key).payload, payload)
    XCTAssertEqual(try verify(CookbookJWS.ps384, CookbookJWS.rs256Key).payload, payload)
    XCTAssertEqual(try verify(CookbookJWS.es512, CookbookJWS.es512Key).payload, payload)
    let secret = try SecretJWK(try object(CookbookJWS.hs256Key))
    let verified = try VerifiedJWS(
      verifying: Array(CookbookJWS.hs256.utf8), withSecrets: [secret], algorithms: [.hs256])
    XCTAssertEqual(verified.payload, payload)
    XCTAssertEqual(verified.keyID, "018c0ae5-4d9b-471b-bfd6-eef314bc7037")
  }

  func testRFC7520ReproducibleSignaturesAreRepeated() throws {
    XCTAssertEqual(
      try signer(CookbookJWS.rs256Key, .rs256).sign(payload), Array(CookbookJWS.rs256.utf8))
    let secret = try SecretJWK(try object(CookbookJWS.hs256Key))
    XCTAssertEqual(
      try JWSSigner(secret, .hs256).sign(payload), Array(CookbookJWS.hs256.utf8))
  }

  /// The signature is over a payload that is not there: an empty one is not it.
  func testRFC7520DetachedPayloadIsRefused() throws {
    let secret = try SecretJWK(try object(CookbookJWS.hs256Key))
    assertRefused(.signature) {
      try VerifiedJWS(
        verifying: Array(CookbookJWS.detached.utf8), withSecrets: [secret], algorithms: [.hs256])
    }
  }

  func testRFC7520JSONSerializationsAreRefused() throws {
    let secret = try SecretJWK(try object(CookbookJWS.hs256Key))
    XCTAssertGreaterThan(CookbookJWS.serializations.count, 5)
    for text in CookbookJWS.serializations {
      XCTAssertThrowsError(
        try VerifiedJWS(
          verifying: Array(text.utf8), withSecrets: [secret], algorithms: [.hs256])
      ) {
        // Dots inside names may make three parts of one, but the first is no base64url.
        let error = $0 as? JOSEError
        XCTAssertTrue(error == .segmentCount || error == .notBase64URL(.header), "\($0)")
      }
    }
  }

  func testRFC7515HMACAndP521() throws {
    let secret = try SecretJWK(try object(Vectors.hmacKey))
    let verified = try VerifiedJWS(
      verifying: Array(Vectors.hmacToken.utf8), withSecrets: [secret], algorithms: [.hs256])
    XCTAssertEqual(verified.payload, Array(Vectors.payload.utf8))
    XCTAssertEqual(
      try verify(Vectors.es512Token, Vectors.es512Key).payload, Array("Payload".utf8))
  }

  // MARK: - RFC 7797

  func testRFC7797ControlIsVerifiedAndUnencodedPayloadsAreRefused() throws {
    let secret = try SecretJWK(try object(Vectors.hmacKey))
    func verify(_ text: String) throws -> VerifiedJWS {
      try VerifiedJWS(
        verifying: Array(text.utf8), withSecrets: [secret], algorithms: [.hs256])
    }
    let control = "eyJhbGciOiJIUzI1NiJ9.JC4wMg.5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ"
    XCTAssertEqual(try verify(control).payload, Array("$.02".utf8))
    let header = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19"
    let signature = "A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY"
    assertRefused(.segmentCount) { try verify("\(header).$.02.\(signature)") }
    assertRefused(.criticalHeader) { try verify("\(header)..\(signature)") }
    assertRefused(.criticalHeader) {
      try verify(
        "\(header).This is the payload string!.ciks0B6Hs-amhOqxI5_iG6mPKnMDlWCb7J2Wu7mtIcg")
    }
    // Without crit, who does not know b64 would verify something else than who does (section 6).
    let silent = Base64.url.encode(Array(#"{"alg":"HS256","b64":false}"#.utf8))
    assertRefused(.unencodedPayload) { try verify("\(silent).JC4wMg.\(signature)") }
  }

  // MARK: - RFC 7517

  func testRFC7517KeysAreRead() throws {
    let set = Array(KeyVectors.publicSet.utf8)
    XCTAssertEqual(try JWKSet(parsing: set).keys.map(\.keyID), ["2011-04-29"])
    guard case .publicKeys(let all) = try JWKDocument(parsing: set, for: nil) else {
      return XCTFail()
    }
    XCTAssertEqual(all.map(\.use), [.encryption, .signature])
    XCTAssertEqual(all.map(\.algorithms), [[], [.rs256]])
    guard
      case .privateKeys(let pairs) = try JWKDocument(
        parsing: Array(KeyVectors.privateSet.utf8), for: nil)
    else { return XCTFail() }
    XCTAssertEqual(pairs.map(\.publicHalf.json), all.map(\.json))
    guard
      case .secrets(let secrets) = try JWKDocument(
        parsing: Array(KeyVectors.symmetricSet.utf8), for: nil)
    else { return XCTFail() }
    XCTAssertEqual(secrets.map(\.algorithmName), ["A128KW", nil])
    XCTAssertEqual(secrets.map(\.algorithms), [[], [.hs256, .hs384, .hs512]])
  }

  func testRFC7517PrivateAndSymmetricKeysAreRefusedWherePublicOnesBelong() throws {
    for set in [KeyVectors.privateSet, KeyVectors.symmetricSet] {
      assertRefused(.privateKey) { try JWKSet(parsing: Array(set.utf8)) }
    }
  }

  func testRFC8037Thumbprint() throws {
    let key = try JWK(
      ["kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])
    XCTAssertEqual(key.thumbprint, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    XCTAssertEqual(key.algorithms, [.eddsa, .ed25519])
  }
}
