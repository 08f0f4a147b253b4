import HTTP
import ReverseProxy
import XCTest

/// A token is taken from exactly one place, and only if a token can look so.
final class PresentedTokenTests: XCTestCase {
  func testOtherPlacesAndSchemesPresentNothing() throws {
    for fields in [
      [], ["Authorization:"], ["Authorization: Basic abc"], ["Authorization: Bearerabc"],
      ["Authorization: Bearer, abc"], ["Authorization: DPoP abc"], ["Authorization: abc"],
      ["Proxy-Authorization: Bearer abc"], ["X-Authorization: Bearer abc"],
      ["Cookie: access_token=abc"], ["Authorization: Bearer\tabc"],
    ] {
      XCTAssertEqual(try presented(fields), PresentedToken.absent, "\(fields)")
    }
    XCTAssertEqual(try presented([], target: "/?access_token=abc"), PresentedToken.absent)
  }

  func testWhatCannotBeATokenIsMalformed() throws {
    XCTAssertEqual(try presented(["Authorization: Bearer"]), .malformed(.empty))
    XCTAssertEqual(try presented(["Authorization: bearer  "]), .malformed(.empty))
    XCTAssertEqual(
      try presented(["Authorization: Bearer a", "authorization: Bearer a"]), .malformed(.repeated))
    XCTAssertEqual(
      try presented(["Authorization: Bearer a", "Authorization: Basic a"]), .malformed(.repeated))
  }

  func testTokenIsTakenAsItStands() throws {
    for (field, token) in [
      ("Authorization: Bearer abc.DEF-_~+/9==", "abc.DEF-_~+/9=="),
      ("AUTHORIZATION: bearer a", "a"), ("Authorization: BEARER   a  ", "a"),
      ("Authorization: Bearer a, Bearer b", "a, Bearer b"),
    ] {
      let bytes = request("GET /", [field])
      guard case .token(let slot) = PresentedToken(try parsed(bytes).head, in: bytes.span) else {
        XCTFail(field)
        continue
      }
      XCTAssertEqual(slot.text(in: bytes.span), token)
    }
  }

  func testTokenHasALimit() throws {
    let bytes = request("GET /", ["Authorization: Bearer " + String(repeating: "a", count: 16_385)])
    var parser = RequestHeadParser(limits: HeadLimits(fieldBytes: 20_000))
    XCTAssertTrue(try parser.parse(bytes.span))
    XCTAssertEqual(PresentedToken(parser.head, in: bytes.span), .malformed(.tooLong))
  }

  private func presented(_ fields: [String], target: String = "/") throws -> PresentedToken {
    let bytes = request("GET \(target)", fields)
    return PresentedToken(try parsed(bytes).head, in: bytes.span)
  }
}
