import Diagnostics
import JOSE
import JSON
import XCTest

final class JWTClaimsTests: XCTestCase {
  private func claims(_ text: String) throws -> JWTClaims {
    try JWTClaims(parsing: Array(text.utf8))
  }

  func testWrongTypesAreNamed() throws {
    for name in ["iss", "sub", "jti"] {
      for value in ["1", "null", "[]", #"["a"]"#, "{}", "true"] {
        assertRefused(.claim(name)) { try claims(#"{"\#(name)":\#(value)}"#) }
      }
    }
    for value in ["1", "null", "{}", "[1]", #"["a",null]"#, #"[["a"]]"#, "true"] {
      assertRefused(.claim("aud")) { try claims(#"{"aud":\#(value)}"#) }
    }
    for name in ["exp", "nbf", "iat"] {
      for value in [
        #""1300819380""#, "null", "[]", "{}", "true", "-1", "-0.5", "1e308", "1e15",
        "253402300800", "9223372036854775807", "99999999999999999999", #""never""#,
      ] {
        assertRefused(.claim(name)) { try claims(#"{"\#(name)":\#(value)}"#) }
      }
    }
  }

  func testTextsThatAreNoClaimsAreRefused() throws {
    for text in [
      "", "[]", "null", "1", #"{"exp":1,"exp":2}"#, #"{"exp":1,"\u0065xp":2}"#, "{", "{}x",
      #"{"exp":1e999}"#, #"{"exp":01}"#, "\u{feff}{}", #"{"a":"\ud800"}"#,
    ] {
      XCTAssertThrowsError(try claims(text), text) {
        guard case .malformedClaims = $0 as? JOSEError else { return XCTFail("\(text): \($0)") }
      }
    }
    XCTAssertThrowsError(
      try JWTClaims(parsing: Array(#"{"iss":""#.utf8) + [0xff] + Array("\"}".utf8)))
    let deep =
      #"{"a":"# + String(repeating: "[", count: 20) + String(repeating: "]", count: 20) + "}"
    XCTAssertThrowsError(try claims(deep))
  }

  func testRegisteredClaimsAreRead() throws {
    let read = try claims(
      #"{"iss":"i","sub":"s","aud":["a","b"],"exp":10.5,"nbf":1e1,"iat":9,"jti":"j","x":{"y":1}}"#)
    XCTAssertEqual(read.issuer, "i")
    XCTAssertEqual(read.subject, "s")
    XCTAssertEqual(read.audiences, ["a", "b"])
    XCTAssertEqual(read.expiry, UnixTime(milliseconds: 10_500))
    XCTAssertEqual(read.notBefore, UnixTime(seconds: 10))
    XCTAssertEqual(read.issuedAt, UnixTime(seconds: 9))
    XCTAssertEqual(read.id, "j")
    XCTAssertEqual(try read.members.value("x"), ["y": 1])
    XCTAssertEqual(try claims(#"{"aud":"a"}"#).audiences, ["a"])
    XCTAssertEqual(try claims(#"{"aud":[]}"#).audiences, [])
    XCTAssertNil(try claims("{}").expiry)
  }

  func testTimesHoldToTheMillisecond() throws {
    let read = try claims(#"{"iat":100,"nbf":100,"exp":200}"#)
    func check(_ seconds: Int64, leeway: Int64 = 0, tolerance: Int64 = 0) throws {
      try read.check(
        at: UnixTime(seconds: seconds), leeway: .seconds(leeway),
        issuedAtTolerance: .seconds(tolerance))
    }
    assertRefused(.expired) { try check(200) }
    assertRefused(.expired) { try check(205, leeway: 5) }
    assertRefused(.notYetValid) { try check(99) }
    assertRefused(.notYetValid) { try check(94, leeway: 5, tolerance: 60) }
    assertRefused(.notYetValid) { try check(98, leeway: 5, tolerance: 1) }
    XCTAssertNoThrow(try check(100))
    XCTAssertNoThrow(try check(199))
    XCTAssertNoThrow(try check(204, leeway: 5))
    XCTAssertNoThrow(try check(95, leeway: 5, tolerance: 5))
  }
}
