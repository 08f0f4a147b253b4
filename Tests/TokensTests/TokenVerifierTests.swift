import Cryptography
import Diagnostics
import Foundation
import JOSE
import JSON
import OAuth
import Ports
import Tokens
import XCTest

final class TokenVerifierTests: XCTestCase {
  func testEveryChangedByteOfATokenIsRefused() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let token = try rig.token()
    for index in token.indices {
      for change in [UInt8(1), 0x20, 0x80] {
        var altered = token
        altered[index] ^= change
        XCTAssertNil(verifier.verify(altered, at: rig.time.now).token, "byte \(index)")
      }
      XCTAssertNil(verifier.verify(Array(token[..<index]), at: rig.time.now).token)
    }
    XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
  }

  func testTextsThatAreNoTokensAreRefused() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let uuid = "8d5a3b7e-2f4c-4f0a-9b1d-0123456789ab_AAAAAAAAAAAAAAAAAAAAAA"
    let texts = [
      "", ".", "..", "...", "a.b.c", " ", "null", "not-a-token", uuid + "A",
      String(uuid.dropLast()),
      uuid.uppercased(), uuid.replacingOccurrences(of: "_", with: "-"),
      uuid.replacingOccurrences(of: "-4f", with: "-5f"), String(uuid.dropLast()) + "B",
      String(uuid.prefix(36)), "a.b.c.d.e",
    ]
    for text in texts {
      let verdict = verifier.verify(Array(text.utf8), at: rig.time.now)
      XCTAssertEqual(verdict.refusal?.code.rawValue, "token.malformed", text)
    }
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: 16_385)
    XCTAssertEqual(
      verifier.verify(long, at: rig.time.now).refusal, .malformed(.tooLarge(limit: 16_384)))
  }

  func testAVerifiedTokenSaysWhatItCarries() throws {
    let rig = try Rig(policy: Rig.policy(algorithms: [.es256, .rs256]))
    let verifier = TokenVerifier(rig.trust)
    for algorithm in [JWSAlgorithm.es256, .rs256] {
      let token = try rig.token(.jws, algorithm)
      for _ in 0..<2 {
        let verified = try XCTUnwrap(verifier.verify(token, at: rig.time.now).token)
        XCTAssertEqual(verified.issuer, Rig.name)
        XCTAssertTrue(verified.isOwn)
        XCTAssertEqual(verified.subject, Subject("somebody"))
        XCTAssertEqual(verified.client, ClientID("client"))
        XCTAssertEqual(verified.scopes, ScopeSet(parsing: "api.read api.write"))
        XCTAssertEqual(verified.audiences, [Audience("https://api.example")])
        XCTAssertEqual(verified.expiry, UnixTime(seconds: rig.time.now.seconds + 600))
        XCTAssertNotNil(verified.id)
        XCTAssertNotNil(verified.grantID)
        XCTAssertEqual(try JSONValue(parsing: verified.claims).object?["sub"], "somebody")
      }
    }
  }

  func testATokenEndsToTheSecondInTheCacheToo() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let token = try rig.token(lifetime: .seconds(10))
    XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
    rig.time.advance(by: Lifetime(milliseconds: 9_999))
    XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
    rig.time.advance(by: Lifetime(milliseconds: 1))
    let expected = TokenRefusal.expired(rig.time.now)
    XCTAssertEqual(verifier.verify(token, at: rig.time.now).refusal, expected)
    XCTAssertEqual(TokenVerifier(rig.trust).verify(token, at: rig.time.now).refusal, expected)
  }

  func testARemovedKeysTokensAreRefusedAtOnce() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let old = try rig.ring.signingKey(.es256)
    let token = try rig.token()
    try rig.ring.rotate(.es256)
    rig.time.advance(by: .seconds(62))
    XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
    let newer = try rig.token()
    XCTAssertNotNil(verifier.verify(newer, at: rig.time.now).token)
    try rig.ring.retire(old.id)
    rig.ring.refreshNow(at: rig.time.now)
    XCTAssertEqual(verifier.verify(token, at: rig.time.now).refusal, .keyUnknown(old.id))
    XCTAssertNotNil(verifier.verify(newer, at: rig.time.now).token)
  }

  func testTokensOfAnotherRingAreRefused() throws {
    let rig = try Rig()
    let other = try Rig()
    let token = try other.token()
    rig.ring.refreshNow(at: rig.time.now)
    XCTAssertEqual(
      TokenVerifier(rig.trust).verify(token, at: rig.time.now).refusal?.code.rawValue,
      "token.key_unknown")
    let nobody = try TokenTrust(own: nil, foreign: [])
    XCTAssertEqual(
      TokenVerifier(nobody).verify(token, at: rig.time.now).refusal, .issuer(Rig.name))
  }

  func testTwoIssuersOfOneNameAreRefused() throws {
    let rig = try Rig()
    let keys = try JWKSet(parsing: rig.ring.snapshot.document.bytes)
    XCTAssertThrowsError(try Rig(foreign: [TrustedIssuer(issuer: Rig.name, keys: keys)])) {
      XCTAssertEqual(($0 as? RepeatedIssuer)?.issuer, Rig.name)
    }
  }

  // MARK: - Opaque tokens

  func testAnOpaqueTokenIsWhatStorageSays() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let token = try rig.token(.uuid)
    let lookup = try XCTUnwrap(verifier.verify(token, at: rig.time.now).lookup)
    XCTAssertEqual(verifier.admit(lookup, nil, at: rig.time.now).refusal, .unknown)
    let record = try XCTUnwrap(try rig.records.get(lookup.key, rig.context))
    let verified = try XCTUnwrap(verifier.admit(lookup, record, at: rig.time.now).token)
    XCTAssertEqual(verified.subject, Subject("somebody"))
    XCTAssertTrue(verified.isOwn)
  }

  func testAnOpaqueTokenIsAskedForAgainAfterASecond() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let token = try rig.token(.uuid)
    let lookup = try XCTUnwrap(verifier.verify(token, at: rig.time.now).lookup)
    let record = try rig.records.get(lookup.key, rig.context)
    XCTAssertNotNil(verifier.admit(lookup, record, at: rig.time.now).token)
    rig.time.advance(by: Lifetime(milliseconds: 999))
    XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
    rig.time.advance(by: Lifetime(milliseconds: 1))
    XCTAssertEqual(verifier.verify(token, at: rig.time.now).lookup, lookup)
  }

  func testRecordsThatDoNotBelongToTheLookupAreRefused() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let one = try XCTUnwrap(verifier.verify(try rig.token(.uuid), at: rig.time.now).lookup)
    let other = try XCTUnwrap(verifier.verify(try rig.token(.uuid), at: rig.time.now).lookup)
    let record = try XCTUnwrap(try rig.records.get(other.key, rig.context))
    XCTAssertEqual(verifier.admit(one, record, at: rig.time.now).refusal, .unknown)
    for (value, code) in [
      ("x", "token.claims"), ("{}", "token.issuer"), (#"{"iss":"https://x"}"#, "token.issuer"),
      (#"{"iss":"\#(Rig.name)"}"#, "token.claims"),
      (#"{"iss":"\#(Rig.name)","exp":1}"#, "token.expired"),
    ] {
      rig.records.overwrite(one.key, Array(value.utf8))
      let record = try XCTUnwrap(try rig.records.get(one.key, rig.context))
      XCTAssertEqual(
        verifier.admit(one, record, at: rig.time.now).refusal?.code.rawValue, code, value)
    }
  }

  func testABareUUIDIsATokenOnlyWhereSuchAreMade() throws {
    let rig = try Rig(opaqueForm: .bare)
    let token = try rig.token(.uuid)
    XCTAssertEqual(token.count, 36)
    let verifier = TokenVerifier(rig.trust)
    let lookup = try XCTUnwrap(verifier.verify(token, at: rig.time.now).lookup)
    let record = try rig.records.get(lookup.key, rig.context)
    XCTAssertNotNil(verifier.admit(lookup, record, at: rig.time.now).token)
    let long = try Rig()
    XCTAssertNotNil(verifier.verify(try long.token(.uuid), at: rig.time.now).lookup)
    XCTAssertEqual(
      TokenVerifier(long.trust).verify(token, at: rig.time.now).refusal,
      .malformed(.segmentCount))
    var upper = token
    upper[14] = UInt8(ascii: "1")
    XCTAssertEqual(
      verifier.verify(upper, at: rig.time.now).refusal, .malformed(.segmentCount))
  }

  func testWithoutStorageOfOurOwnNoOpaqueTokenIsLookedUp() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(try TokenTrust(own: nil, foreign: []))
    XCTAssertEqual(
      verifier.verify(try rig.token(.uuid), at: rig.time.now).refusal, .malformed(.segmentCount))
  }
}
