import Diagnostics
import HTTP
import OAuth
import XCTest

final class VocabularyTests: XCTestCase {
  func testScopesAreTheCharactersOfTheRFC() {
    for text in ["", " ", "a b", "a\"b", "a\\b", "ä", "a\t", "a\u{7f}"] {
      XCTAssertNil(Scope(text), text)
    }
    XCTAssertNil(Scope(String(repeating: "a", count: 129)))
    for text in ["a", "!", "#[]^~", "https://api.example/read", String(repeating: "a", count: 128)]
    {
      XCTAssertEqual(Scope(text)?.text, text)
    }
  }

  func testAScopeListIsDividedBySingleSpaces() throws {
    for text in ["", " a", "a ", "a  b", "a\tb", "a\nb"] {
      XCTAssertNil(ScopeSet(parsing: text), text)
    }
    let many = Array(repeating: "a", count: ScopeSet.limit).joined(separator: " ")
    XCTAssertNotNil(ScopeSet(parsing: many))
    XCTAssertNil(ScopeSet(parsing: many + " a"))
    XCTAssertEqual(ScopeSet(parsing: "b a b")?.description, "b a")
  }

  func testScopeSetsKeepTheOrderOfTheirOwn() throws {
    let left = try XCTUnwrap(ScopeSet(parsing: "c b a"))
    let right = try XCTUnwrap(ScopeSet(parsing: "a d c"))
    XCTAssertEqual(left.intersection(right).description, "c a")
    XCTAssertEqual(left.subtracting(right).description, "b")
    XCTAssertFalse(left.contains(right))
    XCTAssertTrue(left.contains(ScopeSet.empty))
  }

  func testClientIdentifiersArePrintableASCII() {
    for text in ["", "a\n", "é", "\u{0}", String(repeating: "a", count: 257)] {
      XCTAssertNil(ClientID(text), text)
    }
    for text in ["a", "a client", "~", String(repeating: "a", count: 256)] {
      XCTAssertEqual(ClientID(text)?.text, text)
    }
  }

  func testSubjectsHaveNoControlCharacters() {
    for text in ["", "a\r\nb", "\u{85}", "\u{7f}", String(repeating: "a", count: 256)] {
      XCTAssertNil(Subject(text))
    }
    XCTAssertEqual(Subject("Zoë")?.text, "Zoë")
  }

  func testAudiencesHaveNoSpaces() {
    for text in ["", "a b", "é", String(repeating: "a", count: 513)] {
      XCTAssertNil(Audience(text), text)
    }
    XCTAssertNotNil(Audience("https://api.example/"))
  }
}

final class IssuerTests: XCTestCase {
  func testWhatIsNoIssuer() {
    let texts = [
      "", "issuer.example", "ftp://issuer.example", "HTTPS://issuer.example", "https://",
      "https:///path", "https://:443", "https://user@issuer.example", "https://issuer.example?a",
      "https://issuer.example#a", "https://issuer.example\\a", "https://issuer.example//a",
      "https://issuer.example/../a", "https://issuer.example/.", "https://issuer example",
      "https://is\u{fc}.example", "https://issuer.example/" + String(repeating: "a", count: 500),
    ]
    for text in texts { XCTAssertNil(Issuer(text), text) }
  }

  func testAnIssuersPartsAndTheURLsBelowIt() throws {
    let plain = try XCTUnwrap(Issuer("https://issuer.example:8443/"))
    XCTAssertEqual(plain.text, "https://issuer.example:8443/")
    XCTAssertEqual(plain.authority, "issuer.example:8443")
    XCTAssertEqual(plain.path, "")
    XCTAssertEqual(plain.url("/token"), "https://issuer.example:8443/token")
    let tenant = try XCTUnwrap(Issuer("http://127.0.0.1/tenant/one"))
    XCTAssertFalse(tenant.isSecure)
    XCTAssertEqual(tenant.path, "/tenant/one")
    XCTAssertEqual(tenant.url("/token"), "http://127.0.0.1/tenant/one/token")
  }
}

final class OAuthErrorTests: XCTestCase {
  func testEachCodeGoesOutWithTheStatusOfItsRFC() {
    for code in OAuthError.Code.allCases {
      let expected =
        switch code {
        case .invalid_client: 401
        case .server_error: 500
        case .temporarily_unavailable: 503
        default: 400
        }
      XCTAssertEqual(
        OAuthError(code, "x", reason: .requestMalformed).status.code, expected, "\(code)")
    }
  }

  func testADescriptionHoldsOnlyTheCharactersOfTheRFC() {
    let error = OAuthError(.invalid_request, "a\"b\\c\r\nd\u{e9}", reason: .requestMalformed)
    XCTAssertEqual(error.description, "a?b?c??d??")
    XCTAssertEqual(error.detail, "a\"b\\c\r\nd\u{e9}")
    XCTAssertEqual(
      OAuthError(.invalid_request, "x", reason: .requestMalformed, detail: "y").detail, "y")
  }
}
