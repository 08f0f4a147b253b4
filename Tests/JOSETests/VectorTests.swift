import Cryptography
import JOSE
import JSON
import XCTest

final class VectorTests: XCTestCase {
  private func verify(_ token: String, _ key: String) throws -> VerifiedJWS {
    let half = try PrivateJWK(try object(key)).publicHalf
    return try VerifiedJWS(
      verifying: Array(token.utf8), with: JWKSet([half]), algorithms: JWSAlgorithm.allCases)
  }

  func testRFC7515Signatures() throws {
    XCTAssertEqual(
      try verify(Vectors.rsaToken, Vectors.rsaKey).payload, Array(Vectors.payload.utf8))
    XCTAssertEqual(try verify(Vectors.ecToken, Vectors.ecKey).payload, Array(Vectors.payload.utf8))
  }

  func testRFC7515SigningIsRepeated() throws {
    let signer = try JWSSigner(try PrivateJWK(try object(Vectors.rsaKey)), .rs256)
    XCTAssertEqual(
      try signer.sign(Array(Vectors.payload.utf8)), Array(Vectors.rsaToken.utf8))
  }

  func testRFC8037() throws {
    let key = try PrivateJWK(try object(Vectors.edKey))
    XCTAssertEqual(key.publicHalf.thumbprint, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    let message = Array("Example of Ed25519 signing".utf8)
    XCTAssertEqual(try JWSSigner(key, .eddsa).sign(message), Array(Vectors.edToken.utf8))
    XCTAssertEqual(try verify(Vectors.edToken, Vectors.edKey).payload, message)
  }

  func testRFC7638Thumbprint() throws {
    XCTAssertEqual(
      try JWK(try object(Vectors.thumbprintKey)).thumbprint,
      "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
  }

  func testTheRFCsBadExamplesAreRefused() throws {
    assertRefused(.unsecured) { try verify(Vectors.unsecuredToken, Vectors.ecKey) }
    assertRefused(.unsecured) { try verify(Vectors.criticalToken, Vectors.ecKey) }
    assertRefused(.algorithm("HS256")) { try verify(Vectors.hmacToken, Vectors.ecKey) }
  }

  func testOneKeysSignatureIsNotAnothers() throws {
    assertRefused(.unknownKey) { try verify(Vectors.rsaToken, Vectors.ecKey) }
    let other = try PrivateJWK(PrivateKey.generate(.p256)).publicHalf
    assertRefused(.signature) {
      try VerifiedJWS(
        verifying: Array(Vectors.ecToken.utf8), with: JWKSet([other]), algorithms: [.es256])
    }
  }
}
