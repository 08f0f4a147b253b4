import Foundation
import Harness
import XCTest

/// Answers that a caller can prove later (RFC 9701), judged by libraries of another language.
final class SignedIntrospectionTests: XCTestCase {
  private static let type = "application/token-introspection+jwt"

  private static let config = IntrospectionTests.config.with(
    "clients",
    (IntrospectionTests.config["clients"] ?? "[]").replacingOccurrences(
      of: #"{ id: "other-server","#,
      with: #"{ id: "other-server", introspectionAlgorithm: "ES256","#
    ))

  func testAnotherLibraryVerifiesWhatWeSayOfAToken() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let jwks = try caller.send("GET", "/oauth2/v1/jwks").text
    for client in ["app", "app-uuid"] {
      let token = try deployment.token(client)
      let answer = try caller.introspect(token, as: "server", accept: Self.type)
      XCTAssertEqual(answer.status, 200, answer.text)
      XCTAssertEqual(answer["Content-Type"], Self.type)
      XCTAssertEqual(answer["Cache-Control"], "no-store")
      let verdict = try Judge.verify(answer.text, jwks: jwks)
      XCTAssertEqual(verdict.header["typ"] as? String, "token-introspection+jwt")
      XCTAssertEqual(verdict.header["alg"] as? String, "RS256", "the RFC's default")
      XCTAssertEqual(verdict.claims["iss"] as? String, DeploymentConfig.issuer)
      XCTAssertEqual(verdict.claims["aud"] as? String, "server")
      let age = Date().timeIntervalSince1970 - Double(verdict.claims["iat"] as? Int ?? 0)
      XCTAssertLessThan(abs(age), 30)
      XCTAssertNil(verdict.claims["sub"])
      XCTAssertNil(verdict.claims["exp"])
      let said = try XCTUnwrap(verdict.claims["token_introspection"] as? [String: Any])
      XCTAssertEqual(said["active"] as? Bool, true)
      XCTAssertEqual(said["client_id"] as? String, client)
      XCTAssertEqual(said["scope"] as? String, "api.read")
      // It is no access token, whoever signed it.
      XCTAssertEqual(try caller.get("/api/x", token: answer.text).status, 401)
      XCTAssertEqual(
        try caller.introspect(answer.text, as: "server").text, #"{"active":false}"#)
      XCTAssertEqual(
        try caller.revoke(answer.text).string("error"), "unsupported_token_type")
    }
  }

  func testWhatIsNotActiveIsSignedToo() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let jwks = try caller.send("GET", "/oauth2/v1/jwks").text
    for text in ["garbage", try deployment.token()] {
      let answer = try caller.introspect(text, as: "other-server", accept: Self.type)
      let verdict = try Judge.verify(answer.text, jwks: jwks)
      XCTAssertEqual(verdict.header["alg"] as? String, "ES256", "as the client asks")
      XCTAssertEqual(verdict.claims["aud"] as? String, "other-server")
      let said = try XCTUnwrap(verdict.claims["token_introspection"] as? [String: Any])
      XCTAssertEqual(said.count, 1)
      XCTAssertEqual(said["active"] as? Bool, false)
    }
  }

  func testOnlyWhoAsksForItGetsIt() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let token = try deployment.token()
    let cases: [(accept: String?, isSigned: Bool)] = [
      (nil, false), ("*/*", false), ("application/json", false), (Self.type, true),
      ("application/json, \(Self.type)", true), ("application/json, \(Self.type);q=0.5", false),
      ("\(Self.type);q=0", false), ("application/*", false),
      ("text/html, \(Self.type);q=0.1", true),
    ]
    for (accept, isSigned) in cases {
      let answer = try caller.introspect(token, as: "server", accept: accept)
      XCTAssertEqual(
        answer["Content-Type"], isSigned ? Self.type : "application/json", accept ?? "nothing")
    }
    let refused = try caller.post(
      "/oauth2/v1/introspect", form: [("token", token)], fields: [("Accept", Self.type)])
    XCTAssertEqual(refused.status, 401)
    XCTAssertEqual(refused["Content-Type"], "application/json")
  }

  func testTheMetadataSaysByWhat() throws {
    let caller = try Deployment(Self.config).caller()
    let metadata = try caller.send("GET", "/.well-known/oauth-authorization-server").json
    XCTAssertEqual(
      Set(metadata["introspection_signing_alg_values_supported"] as? [String] ?? []),
      ["ES256", "RS256"])
    XCTAssertEqual(
      metadata["introspection_endpoint"] as? String,
      DeploymentConfig.issuer + "/oauth2/v1/introspect")
    XCTAssertEqual(
      Set(metadata["introspection_endpoint_auth_methods_supported"] as? [String] ?? []),
      ["client_secret_basic", "client_secret_post"])
    XCTAssertEqual(
      metadata["revocation_endpoint"] as? String, DeploymentConfig.issuer + "/oauth2/v1/revoke")
  }
}
