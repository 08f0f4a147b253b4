import Diagnostics
import HTTP
import HTTPServer
import ReverseProxy
import Tokens
import XCTest

/// A good token opens only the routes that it was issued for.
final class AuthorizedRequestTests: XCTestCase {
  func testRouteThatAsksForATokenIsNotAnonymous() throws {
    XCTAssertNil(AuthorizedRequest(anonymous: try route(access: policy())))
    XCTAssertNotNil(AuthorizedRequest(anonymous: try route(access: .anonymous)))
  }

  func testTokenForSomebodyElseIsInvalidHere() throws {
    for audience in [
      "\"aud\":\"ap\"", "\"aud\":\"apis\"", "\"aud\":\"API\"", "\"aud\":[\"x\",\"y\"]",
      "\"aud\":[]",
      "\"aud\":\"api other\"", "\"x\":\"api\"",
    ] {
      let denial = try denial(of: "\(audience),\"scope\":\"api.read\"", policy())
      XCTAssertEqual(denial?.status, .unauthorized, audience)
      XCTAssertEqual(denial?.reason, .tokenAudience, audience)
      XCTAssertEqual(
        denial?.response(explainedAt: .none).fields[.wwwAuthenticate],
        "Bearer realm=\"api\", error=\"invalid_token\", "
          + "error_description=\"The access token is not valid for this resource\"")
    }
  }

  func testTokenOfAnotherIssuerThanTheRoutesIsInvalidHere() throws {
    let claims = "\"aud\":\"api\",\"scope\":\"api.read\""
    let denial = try denial(of: claims, policy(issuers: ["https://other.example"]))
    XCTAssertEqual(denial?.reason, .tokenIssuer)
    XCTAssertEqual(denial?.status, .unauthorized)
    XCTAssertNil(try self.denial(of: claims, policy(issuers: [TokenMint.issuer])))
  }

  func testEveryScopeIsNeededAsAWord() throws {
    for scope in [
      "\"x\":1", "\"scope\":\"\"", "\"scope\":\"a\"", "\"scope\":\"a bc\"", "\"scope\":\"ab\"",
    ] {
      let denial = try denial(of: "\"aud\":\"api\",\(scope)", policy(scopes: "a b"))
      XCTAssertEqual(denial?.status, .forbidden, scope)
      XCTAssertEqual(denial?.reason, .tokenScope, scope)
      XCTAssertEqual(
        denial?.response(explainedAt: .none).fields[.wwwAuthenticate],
        "Bearer realm=\"api\", error=\"insufficient_scope\", "
          + "error_description=\"The access token lacks a scope that this resource needs\", "
          + "scope=\"a b\"", scope)
    }
    XCTAssertNil(
      try denial(of: "\"aud\":[\"x\",\"api\"],\"scope\":\"b c a\"", policy(scopes: "a b")))
  }

  func testDenialsAreNotCached() throws {
    let denial = try denial(of: "\"aud\":\"x\"", policy())
    XCTAssertEqual(denial?.response(explainedAt: .none).fields[.cacheControl], "no-store")
  }

  private func denial(of claims: String, _ access: Route.Access) throws -> Denial? {
    let token = try TokenMint().verified(claims)
    let route = try route(access: access)
    do throws(Denial) {
      _ = try AuthorizedRequest(token, on: route)
      return nil
    } catch {
      return error
    }
  }
}
