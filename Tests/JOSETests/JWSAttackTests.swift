import Cryptography
import JOSE
import JSON
import XCTest

/// Every way known to us of getting a compact JWS past a verifier that holds one P-256 key.
final class JWSAttackTests: XCTestCase {
  private var key: PrivateKey!
  private var keys: JWKSet!

  override func setUpWithError() throws {
    key = try PrivateKey.generate(.p256)
    keys = try JWKSet([JWK(key.publicKey(), keyID: "k1", algorithm: .es256)])
  }

  private func verify(_ token: [UInt8]) throws -> VerifiedJWS {
    try VerifiedJWS(verifying: token, with: keys, algorithms: JWSAlgorithm.allCases)
  }

  private func signed(_ header: String, _ payload: String = "{}") throws -> [UInt8] {
    try Compact.token(header, payload, key, .ecdsa(.sha256))
  }

  func testAGoodTokenPasses() throws {
    let token = try signed(#"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#, #"{"a":1}"#)
    let verified = try verify(token)
    XCTAssertEqual(verified.payload, Array(#"{"a":1}"#.utf8))
    XCTAssertTrue(verified.header.isType("AT+JWT"))
    XCTAssertEqual(verified.keyID, "k1")
  }

  func testNoneInAnyCaseIsRefused() throws {
    for name in ["none", "None", "NONE", "nOnE"] {
      let token = try signed(#"{"alg":"\#(name)","kid":"k1"}"#)
      assertRefused(.unsecured) { try verify(token) }
      let bare = token.prefix { $0 != UInt8(ascii: ".") } + Array(".e30.".utf8)
      assertRefused(.unsecured) { try verify(Array(bare)) }
    }
  }

  func testForeignAlgorithmsAreRefused() throws {
    for name in ["HS256", "es256", "ES256 ", "ES512", "RS1", "", "dir"] {
      let token = try signed(#"{"alg":"\#(name)","kid":"k1"}"#)
      assertRefused(.algorithm(name)) { try verify(token) }
    }
    for name in ["RS256", "ES384", "PS256", "EdDSA"] {
      let token = try signed(#"{"alg":"\#(name)","kid":"k1"}"#)
      assertRefused(.algorithm(name)) { try verify(token) }
    }
    let token = try signed(#"{"alg":"ES256","kid":"k1"}"#)
    assertRefused(.algorithm("ES256")) {
      try VerifiedJWS(verifying: token, with: keys, algorithms: [.rs256])
    }
  }

  func testPublicKeyAsHMACSecretIsRefused() throws {
    let input = Base64.url.encode(Array(#"{"alg":"HS256","kid":"k1"}"#.utf8)) + ".e30"
    let tag = HMACSHA256.tag(Array(input.utf8), key: try key.publicKey().pem())
    let token = Array((input + "." + Base64.url.encode(tag.bytes)).utf8)
    assertRefused(.algorithm("HS256")) { try verify(token) }
  }

  func testHeaderParametersAreRefused() throws {
    let table: [(String, JOSEError)] = [
      (#""crit":["exp"],"exp":1"#, .criticalHeader), (#""crit":[]"#, .criticalHeader),
      (#""crit":["b64"],"b64":true"#, .criticalHeader), (#""crit":null"#, .criticalHeader),
      (#""b64":false"#, .unencodedPayload), (#""b64":"false""#, .unencodedPayload),
      (#""b64":null"#, .unencodedPayload), (#""zip":"DEF""#, .compressed),
      (#""typ":1"#, .headerParameter("typ")), (#""cty":[]"#, .headerParameter("cty")),
    ]
    for (member, expected) in table {
      let token = try signed(#"{"alg":"ES256","kid":"k1",\#(member)}"#)
      assertRefused(expected) { try verify(token) }
    }
    for (header, name) in [
      (#"{"kid":"k1"}"#, "alg"), (#"{"alg":1}"#, "alg"), (#"{"alg":null}"#, "alg"),
      (#"{"alg":"ES256","kid":1}"#, "kid"), (#"{"alg":["ES256"]}"#, "alg"),
    ] {
      let token = try signed(header)
      assertRefused(.headerParameter(name)) { try verify(token) }
    }
    XCTAssertNoThrow(try verify(try signed(#"{"alg":"ES256","kid":"k1","b64":true}"#)))
  }

  func testMalformedHeadersAreRefused() throws {
    let headers = [
      "", "{", "[]", "null", #""ES256""#, #"{"alg":"ES256","alg":"ES256","kid":"k1"}"#,
      #"{"alg":"ES256","\u0061lg":"none"}"#, #"{"alg":"ES256","kid":"k1","kid":"k2"}"#,
      #"{"alg":"ES256","x":{"a":1,"a":2}}"#, #"{"alg":"ES256"} x"#, #"{"alg":"ES256",}"#,
      #"{"alg":"ES256","x":[[[[[[[[[[1]]]]]]]]]]}"#,
    ]
    for header in headers {
      let token = try signed(header)
      XCTAssertThrowsError(try verify(token), header) {
        guard case .malformedHeader = $0 as? JOSEError else { return XCTFail("\(header): \($0)") }
      }
    }
  }

  func testKeysBroughtAlongAreIgnored() throws {
    let attacker = try PrivateKey.generate(.p256)
    let brought = JSONValue.object(try JWK(attacker.publicKey()).json).serialized()
    let jwk = String(decoding: brought, as: UTF8.self)
    for header in [
      #"{"alg":"ES256","jwk":\#(jwk)}"#, #"{"alg":"ES256","kid":"k1","jwk":\#(jwk)}"#,
      #"{"alg":"ES256","jku":"https://evil.example/jwks"}"#, #"{"alg":"ES256","x5c":["AAAA"]}"#,
      #"{"alg":"ES256","x5u":"https://evil.example/cert"}"#,
    ] {
      let token = try Compact.token(header, "{}", attacker, .ecdsa(.sha256))
      assertRefused(.signature) { try verify(token) }
    }
    for keyID in ["x", "../k1", "k1' OR '1'='1", "", "K1"] {
      let token = try signed(#"{"alg":"ES256","kid":"\#(keyID)"}"#)
      assertRefused(.unknownKey) { try verify(token) }
    }
  }

  func testSegmentsAreExactlyThree() throws {
    let token = String(decoding: try signed(#"{"alg":"ES256","kid":"k1"}"#), as: UTF8.self)
    let parts = token.split(separator: ".")
    let texts = [
      "", "abc", "\(parts[0]).\(parts[1])", token + ".AAAA", "." + token, token + ".",
      #"{"payload":"e30","signatures":[]}"#, #"{"payload":"e30","protected":"e30"}"#,
    ]
    for text in texts {
      assertRefused(.segmentCount) { try verify(Array(text.utf8)) }
    }
  }

  func testTextThatIsNotCanonicalIsRefused() throws {
    let token = String(decoding: try signed(#"{"alg":"ES256","kid":"k1"}"#), as: UTF8.self)
    let parts = token.split(separator: ".").map(String.init)
    func text(_ parts: [String]) -> [UInt8] { Array(parts.joined(separator: ".").utf8) }
    for (index, segment) in [JWSSegment.header, .payload, .signature].enumerated() {
      for change in ["=", "==", " ", "\n", "\t", "+", "é", "\0", "A"] {
        var altered = parts
        altered[index] += change
        XCTAssertThrowsError(try verify(text(altered)), "\(segment) \(change.debugDescription)")
        altered = parts
        altered[index] = change + altered[index]
        XCTAssertThrowsError(try verify(text(altered)))
      }
    }
    // The last letter of a 64-byte signature carries four unused bits.
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    for letter in letters where letter != parts[2].last {
      let altered = [parts[0], parts[1], parts[2].dropLast() + String(letter)]
      XCTAssertThrowsError(try verify(text(altered)))
    }
  }

  func testSignatureFormsAreRefused() throws {
    let token = String(decoding: try signed(#"{"alg":"ES256","kid":"k1"}"#), as: UTF8.self)
    let input = token.prefix(upTo: token.lastIndex(of: ".") ?? token.endIndex)
    for signature in [
      [], [UInt8](repeating: 0, count: 64), [UInt8](repeating: 0xff, count: 64),
      [UInt8](repeating: 0, count: 63), [UInt8](repeating: 1, count: 72), [0x30, 0],
    ] {
      let text = input + "." + Base64.url.encode(signature)
      assertRefused(.signature) { try verify(Array(text.utf8)) }
    }
  }

  func testOversizeIsRefusedBeforeAnyWork() throws {
    let long = [UInt8](repeating: UInt8(ascii: "A"), count: CompactJWS.limit + 1)
    assertRefused(.tooLarge(limit: CompactJWS.limit)) { try verify(long) }
    let filler = String(repeating: "x", count: JWSHeader.limit)
    let token = try signed(#"{"alg":"ES256","kid":"k1","x":"\#(filler)"}"#)
    assertRefused(.tooLarge(limit: JWSHeader.limit)) { try verify(token) }
  }
}
