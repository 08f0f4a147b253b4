import Cryptography
import Diagnostics
import JOSE
import JSON
import OAuth
import Ports
import Tokens
import XCTest

final class TokenIssuerTests: XCTestCase {
  func testAnAlgorithmWithoutKeyIsRefused() throws {
    let rig = try Rig()
    assertFails(.noSigningKey(.rs256)) {
      try rig.issuer.prepare(Rig.authorization(.jws, .rs256), at: rig.time.now)
    }
  }

  func testASignedTokenSaysWhatRFC9068Asks() throws {
    let rig = try Rig(policy: Rig.policy(algorithms: JWSAlgorithm.asymmetric))
    let set = try JWKSet(parsing: rig.ring.snapshot.document.bytes)
    for algorithm in JWSAlgorithm.asymmetric {
      let prepared = try rig.issuer.prepare(
        Rig.authorization(.jws, algorithm, claims: ["tier": "gold"]), at: rig.time.now)
      XCTAssertTrue(prepared.changes.isEmpty)
      let verified = try VerifiedJWS(
        verifying: Array(prepared.accessToken.reveal().utf8), with: set, algorithms: [algorithm])
      XCTAssertEqual(verified.header.type, "at+jwt")
      let seconds = rig.time.now.seconds
      XCTAssertEqual(
        try JSONValue(parsing: verified.payload),
        .object([
          "iss": .string(Rig.name), "sub": "somebody", "aud": "https://api.example",
          "client_id": "client", "scope": "api.read api.write", "iat": .integer(seconds),
          "exp": .integer(seconds + 600), "jti": .string(prepared.tokenID),
          "gid": .string(prepared.grantID), "tier": "gold",
        ]))
      XCTAssertEqual(prepared.expiry, UnixTime(seconds: seconds + 600))
      XCTAssertEqual("\(prepared.accessToken)", "[redacted]")
    }
  }

  func testAnOpaqueTokenIsStoredByItsHashOnly() throws {
    let rig = try Rig()
    let prepared = try rig.issuer.prepare(Rig.authorization(.uuid), at: rig.time.now)
    let text = prepared.accessToken.reveal()
    XCTAssertNotNil(
      text.wholeMatch(
        of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}_[-_0-9A-Za-z]{22}/)
    )
    XCTAssertEqual(prepared.changes.count, 1)
    let change = try XCTUnwrap(prepared.changes.first)
    XCTAssertEqual(change.key.key, SHA256.digest(Array(text.utf8)).bytes)
    XCTAssertEqual(change.expectation, .absent)
    guard case .put(let value, let expiry, let indexes) = change.operation else { return XCTFail() }
    XCTAssertEqual(expiry, prepared.expiry)
    XCTAssertFalse(String(decoding: value, as: UTF8.self).contains(text.prefix(8)))
    XCTAssertEqual(Set(indexes.map(\.name)), ["grant", "client", "subject"])
  }

  func testNoTokenOutlivesThePolicysLongest() throws {
    let rig = try Rig()
    for (asked, given) in [(Int64(11), Int64(600)), (10, 600), (9, 540)] {
      let prepared = try rig.issuer.prepare(
        Rig.authorization(lifetime: .minutes(asked)), at: rig.time.now)
      XCTAssertEqual(prepared.lifetime, .seconds(given))
      XCTAssertEqual(prepared.expiry, UnixTime(seconds: rig.time.now.seconds + given))
    }
  }

  func testNoTwoTokensAreAlike() throws {
    let rig = try Rig()
    for format in TokenFormat.allCases {
      let tokens = try (0..<50).map { _ in try rig.token(format) }
      XCTAssertEqual(Set(tokens).count, 50)
    }
  }
}
