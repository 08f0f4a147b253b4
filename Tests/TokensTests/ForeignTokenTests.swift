import Cryptography
import Diagnostics
import JOSE
import JSON
import OAuth
import Tokens
import XCTest

/// Tokens of an issuer that is not ours: what other authorization servers write, good and bad.
final class ForeignTokenTests: XCTestCase {
  private let issuer = "https://issuer.lab.example"
  private let now = UnixTime(seconds: 1_800_000_000)

  /// A way to make tokens of one algorithm.
  private struct Kit {
    let key: PrivateKey
    let other: PrivateKey
    let algorithm: JWSAlgorithm

    init(_ algorithm: JWSAlgorithm) throws {
      self.algorithm = algorithm
      key = try PrivateKey.generate(XCTUnwrap(algorithm.generatedKeyType))
      other = try PrivateKey.generate(XCTUnwrap(algorithm.generatedKeyType))
    }

    func sign(_ header: JSONObject, _ payload: [UInt8], with key: PrivateKey? = nil) throws
      -> [UInt8]
    {
      var text: [UInt8] = []
      Base64.url.append(JSONValue.object(header).serialized().span, to: &text)
      text.append(UInt8(ascii: "."))
      Base64.url.append(payload.span, to: &text)
      let signature = try Signer(key ?? self.key, XCTUnwrap(algorithm.scheme)).sign(text)
      return text + [UInt8(ascii: ".")] + Array(Base64.url.encode(signature).utf8)
    }

    var header: JSONObject {
      ["alg": .string(algorithm.rawValue), "typ": "at+jwt", "kid": "k1"]
    }
  }

  private func claims(_ changes: (String, JSONValue?)...) -> [UInt8] {
    let seconds = now.seconds
    var object: JSONObject = [
      "iss": .string(issuer), "sub": "user-000001", "aud": "https://api.lab.example",
      "client_id": "client-001", "iat": .integer(seconds), "nbf": .integer(seconds - 5),
      "exp": .integer(seconds + 3600), "jti": "abc", "scope": "openid api.read api.write",
    ]
    for (name, value) in changes { object[name] = value }
    return JSONValue.object(object).serialized()
  }

  private func header(_ kit: Kit, _ changes: (String, JSONValue?)...) -> JSONObject {
    var header = kit.header
    for (name, value) in changes { header[name] = value }
    return header
  }

  private func verifier(
    _ kit: Kit, keyID: String? = "k1", types: [String?] = TrustedIssuer.usualTypes
  ) throws -> TokenVerifier {
    let key = try JWK(kit.key.publicKey(), keyID: keyID, algorithm: kit.algorithm)
    let trusted = TrustedIssuer(issuer: issuer, keys: try JWKSet([key]), types: types)
    return TokenVerifier(try TokenTrust(own: nil, foreign: [trusted]))
  }

  func testGoodTokensPass() throws {
    for algorithm in JWSAlgorithm.asymmetric {
      let kit = try Kit(algorithm)
      let verifier = try verifier(kit)
      let groups = (0..<200).map { JSONValue.string("group-\($0)-abcdefghijklmnop") }
      let good = [
        try kit.sign(kit.header, claims()),
        try kit.sign(header(kit, ("typ", "JWT")), claims()),
        try kit.sign(header(kit, ("typ", nil)), claims()),
        try kit.sign(header(kit, ("typ", "application/AT+JWT")), claims()),
        try kit.sign(header(kit, ("kid", nil)), claims()),
        try kit.sign(
          kit.header, claims(("aud", ["https://other.example", "https://api.lab.example"]))),
        try kit.sign(kit.header, claims(("groups", .array(groups)))),
        try kit.sign(kit.header, claims(("exp", .number(Double(now.seconds) + 60.5)))),
        try kit.sign(kit.header, claims(("exp", .integer(now.seconds - 29)))),
        try kit.sign(kit.header, claims(("nbf", .integer(now.seconds + 30)))),
        try kit.sign(kit.header, claims(("iat", .integer(now.seconds + 60)), ("nbf", nil))),
        try kit.sign(kit.header, claims(("sub", nil), ("client_id", nil), ("azp", "c"))),
        try kit.sign(kit.header, claims(("scope", nil), ("aud", nil), ("jti", nil))),
      ]
      for (index, token) in good.enumerated() {
        let verdict = verifier.verify(token, at: now)
        let verified = try XCTUnwrap(verdict.token, "\(algorithm) \(index): \(verdict)")
        XCTAssertFalse(verified.isOwn)
        XCTAssertEqual(verified.issuer, issuer)
      }
    }
  }

  func testBadClaimsAreRefused() throws {
    let kit = try Kit(.es256)
    let verifier = try verifier(kit)
    let seconds = now.seconds
    let table: [(String, JSONValue?, String)] = [
      ("exp", .integer(seconds - 3600), "token.expired"), ("exp", nil, "token.claims"),
      ("exp", .integer(seconds - 30), "token.expired"), ("exp", "never", "token.claims"),
      ("exp", .string(String(seconds + 60)), "token.claims"), ("exp", .null, "token.claims"),
      ("exp", .number(1e308), "token.claims"), ("exp", -1, "token.claims"),
      ("nbf", .integer(seconds + 3600), "token.not_yet_valid"), ("nbf", "x", "token.claims"),
      ("iat", .integer(seconds + 3600), "token.not_yet_valid"), ("iat", true, "token.claims"),
      ("iss", "https://evil.example", "token.issuer"), ("iss", nil, "token.issuer"),
      ("iss", .string(issuer + "/"), "token.issuer"), ("iss", 1, "token.claims"),
      ("iss", [.string(issuer)], "token.claims"), ("aud", 1, "token.claims"),
      ("aud", [1], "token.claims"), ("scope", ["api.read"], "token.claims"),
      ("scope", "a  b", "token.claims"), ("scope", "a\"b", "token.claims"),
      ("sub", "a\r\nX-Evil: 1", "token.claims"), ("sub", "", "token.claims"),
      ("sub", 7, "token.claims"), ("client_id", "a\nb", "token.claims"),
      ("client_id", ["a"], "token.claims"), ("jti", 1, "token.claims"),
    ]
    for (name, value, code) in table {
      let token = try kit.sign(kit.header, claims((name, value)))
      for _ in 0..<2 {
        XCTAssertEqual(
          verifier.verify(token, at: now).refusal?.code.rawValue, code,
          "\(name): \(String(describing: value))")
      }
    }
    for payload in ["", "[]", "null", #"{"iss":"a","iss":"\#(issuer)"}"#, "{", "\u{0}"] {
      let token = try kit.sign(kit.header, Array(payload.utf8))
      XCTAssertEqual(
        verifier.verify(token, at: now).refusal?.code.rawValue, "token.claims", payload)
    }
  }

  func testBadHeadersAreRefused() throws {
    for algorithm in [JWSAlgorithm.es256, .rs256] {
      let kit = try Kit(algorithm)
      let verifier = try verifier(kit)
      let jwk = JSONValue.object(try JWK(kit.other.publicKey()).json)
      let table: [(JSONObject, PrivateKey, String)] = [
        (header(kit), kit.other, "token.signature"),
        (header(kit, ("kid", nil)), kit.other, "token.signature"),
        (header(kit, ("kid", "nope")), kit.key, "token.key_unknown"),
        (header(kit, ("kid", "")), kit.key, "token.key_unknown"),
        (header(kit, ("kid", "x"), ("jwk", jwk)), kit.other, "token.key_unknown"),
        (header(kit, ("jwk", jwk)), kit.other, "token.signature"),
        (header(kit, ("crit", ["b64x"]), ("b64x", true)), kit.key, "token.crit"),
        (header(kit, ("b64", false)), kit.key, "token.crit"),
        (header(kit, ("alg", "none")), kit.key, "token.algorithm"),
        (header(kit, ("alg", "NonE")), kit.key, "token.algorithm"),
        (header(kit, ("alg", "HS256")), kit.key, "token.algorithm"),
        (header(kit, ("alg", "ES384")), kit.key, "token.algorithm"),
        (header(kit, ("alg", "PS256")), kit.key, "token.algorithm"),
        (header(kit, ("alg", nil)), kit.key, "token.malformed"),
        (header(kit, ("zip", "DEF")), kit.key, "token.malformed"),
        (header(kit, ("typ", "logout+jwt")), kit.key, "token.type"),
        (header(kit, ("typ", "dpop+jwt")), kit.key, "token.type"),
        (header(kit, ("typ", "")), kit.key, "token.type"),
        (header(kit, ("typ", 1)), kit.key, "token.malformed"),
      ]
      for (header, key, code) in table {
        let token = try kit.sign(header, claims(), with: key)
        XCTAssertEqual(verifier.verify(token, at: now).refusal?.code.rawValue, code, "\(header)")
      }
    }
  }

  func testTheHMACOfOurPublicKeyIsRefused() throws {
    let kit = try Kit(.rs256)
    let verifier = try verifier(kit)
    let good = try kit.sign(header(kit, ("alg", "HS256")), claims())
    let input = Array(good[..<(good.lastIndex(of: UInt8(ascii: ".")) ?? 0)])
    let tag = HMACSHA256.tag(input, key: try kit.key.publicKey().pem())
    let token = input + [UInt8(ascii: ".")] + Array(Base64.url.encode(tag.bytes).utf8)
    XCTAssertEqual(verifier.verify(token, at: now).refusal?.code.rawValue, "token.algorithm")
  }

  func testTypesCanBeNarrowed() throws {
    let kit = try Kit(.es256)
    let strict = try verifier(kit, types: ["at+jwt"])
    for type in [JSONValue.string("JWT"), nil] {
      let token = try kit.sign(header(kit, ("typ", type)), claims())
      XCTAssertEqual(strict.verify(token, at: now).refusal?.code.rawValue, "token.type")
    }
    XCTAssertNotNil(strict.verify(try kit.sign(kit.header, claims()), at: now).token)
  }

  func testOneIssuersKeyDoesNotSignForAnother() throws {
    let one = try Kit(.es256)
    let other = try Kit(.es256)
    let trusted = try [(issuer, one), ("https://other.example", other)].map { name, kit in
      TrustedIssuer(issuer: name, keys: try JWKSet([JWK(kit.key.publicKey(), keyID: "k1")]))
    }
    let verifier = TokenVerifier(try TokenTrust(own: nil, foreign: trusted))
    XCTAssertNotNil(verifier.verify(try one.sign(one.header, claims()), at: now).token)
    XCTAssertEqual(
      verifier.verify(try other.sign(other.header, claims()), at: now).refusal, .signature)
    let theirs = try other.sign(other.header, claims(("iss", "https://other.example")))
    XCTAssertEqual(verifier.verify(theirs, at: now).token?.issuer, "https://other.example")
  }

  func testATokenThatClaimsToBeOursMustBeSignedByUs() throws {
    let kit = try Kit(.es256)
    let key = try JWK(kit.key.publicKey(), keyID: "k1", algorithm: .es256)
    let rig = try Rig(foreign: [TrustedIssuer(issuer: issuer, keys: try JWKSet([key]))])
    let verifier = TokenVerifier(rig.trust)
    for keyID in [JSONValue.string("k1"), nil, .string(try rig.ring.signingKey(.es256).id)] {
      let token = try kit.sign(header(kit, ("kid", keyID)), claims(("iss", .string(Rig.name))))
      XCTAssertNil(verifier.verify(token, at: now).token)
    }
    XCTAssertNotNil(verifier.verify(try kit.sign(kit.header, claims()), at: now).token)
    XCTAssertNotNil(verifier.verify(try rig.token(), at: now).token)
  }
}
