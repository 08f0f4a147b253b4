import Cryptography
import Diagnostics
import JOSE
import XCTest

/// A token made for one purpose is not taken for another (RFC 8725 2.7, 2.8, 3.11, 3.12).
final class JWTRulesTests: XCTestCase {
  private let now = UnixTime(seconds: 1_000)

  private func check(
    _ claims: String, _ rules: JWTRules, type: String? = "JWT"
  ) throws {
    let typ = type.map { #","typ":"\#($0)""# } ?? ""
    let text = Base64.url.encode(Array(#"{"alg":"ES256"\#(typ)}"#.utf8))
    let header = try JWSHeader(decoding: Array(text.utf8).span)
    try rules.check(header, try JWTClaims(parsing: Array(claims.utf8)), at: now)
  }

  func testIssuerIsExact() throws {
    let rules = JWTRules(issuer: "https://issuer.example")
    for claims in [
      "{}", #"{"iss":"https://issuer.example/"}"#, #"{"iss":"https://ISSUER.example"}"#,
      #"{"iss":"https://issuer.example.evil"}"#, #"{"iss":""}"#,
    ] {
      assertRefused(.unexpected("iss")) { try check(claims, rules) }
    }
    XCTAssertNoThrow(try check(#"{"iss":"https://issuer.example"}"#, rules))
  }

  func testAudienceIsNamed() throws {
    let rules = JWTRules(audience: "api")
    for claims in [
      "{}", #"{"aud":[]}"#, #"{"aud":""}"#, #"{"aud":"API"}"#, #"{"aud":"api other"}"#,
      #"{"aud":["ap","i"]}"#, #"{"aud":["api/"]}"#,
    ] {
      assertRefused(.unexpected("aud")) { try check(claims, rules) }
    }
    XCTAssertNoThrow(try check(#"{"aud":"api"}"#, rules))
    XCTAssertNoThrow(try check(#"{"aud":["x","api"]}"#, rules))
  }

  func testTypeTellsPurposesApart() throws {
    let rules = JWTRules(type: "at+jwt")
    for type in [nil, "JWT", "logout+jwt", "dpop+jwt", "at", "jwt+at", "application/", ""] {
      assertRefused(.unexpected("typ")) { try check("{}", rules, type: type) }
    }
    for type in ["at+jwt", "AT+JWT", "application/at+jwt"] {
      XCTAssertNoThrow(try check("{}", rules, type: type))
    }
  }

  func testRequiredClaimsAreThere() throws {
    let rules = JWTRules(required: ["exp", "jti"])
    assertRefused(.unexpected("exp")) { try check(#"{"jti":"a"}"#, rules) }
    assertRefused(.unexpected("jti")) { try check(#"{"exp":2000}"#, rules) }
    XCTAssertNoThrow(try check(#"{"exp":2000,"jti":"a"}"#, rules))
  }

  func testTimesAreCheckedWithTheLeewayOnly() throws {
    let exact = JWTRules()
    let lenient = JWTRules(leeway: .seconds(10))
    assertRefused(.expired) { try check(#"{"exp":1000}"#, exact) }
    assertRefused(.notYetValid) { try check(#"{"nbf":1001}"#, exact) }
    assertRefused(.notYetValid) { try check(#"{"iat":1031}"#, exact) }
    assertRefused(.expired) { try check(#"{"exp":990}"#, lenient) }
    XCTAssertNoThrow(try check(#"{"exp":991,"nbf":1010,"iat":1030}"#, lenient))
    XCTAssertNoThrow(try check("{}", exact))
  }
}
