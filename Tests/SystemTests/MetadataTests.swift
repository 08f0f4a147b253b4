import Harness
import XCTest

/// What the server says of itself must be true, and all of it (RFC 8414).
final class MetadataTests: XCTestCase {
  private let path = "/.well-known/oauth-authorization-server"

  func testEveryFieldOfTheMetadataIsTrue() throws {
    let answer = try Deployment().caller().send("GET", path)
    XCTAssertEqual(answer.status, 200, answer.text)
    XCTAssertEqual(answer["Content-Type"]?.hasPrefix("application/json"), true)
    XCTAssertEqual(answer["Access-Control-Allow-Origin"], "*")
    let metadata = try answer.json
    let issuer = DeploymentConfig.issuer
    XCTAssertEqual(metadata["issuer"] as? String, issuer)
    XCTAssertEqual(metadata["token_endpoint"] as? String, issuer + "/oauth2/v1/token")
    XCTAssertEqual(metadata["jwks_uri"] as? String, issuer + "/oauth2/v1/jwks")
    XCTAssertEqual(metadata["grant_types_supported"] as? [String], ["client_credentials"])
    XCTAssertEqual(
      Set(metadata["token_endpoint_auth_methods_supported"] as? [String] ?? []),
      ["client_secret_basic", "client_secret_post"])
    XCTAssertEqual(metadata["scopes_supported"] as? [String], ["api.read", "api.write"])
    // Required by RFC 8414, and there is no authorization endpoint to take any.
    XCTAssertEqual(metadata["response_types_supported"] as? [String], [])
  }

  func testWhatDoesNotExistIsNotAnnounced() throws {
    let caller = try Deployment().caller()
    let metadata = try caller.send("GET", path).json
    let absent = [
      "authorization_endpoint", "registration_endpoint", "userinfo_endpoint",
      "device_authorization_endpoint",
      "pushed_authorization_request_endpoint", "end_session_endpoint",
      "code_challenge_methods_supported", "dpop_signing_alg_values_supported",
    ]
    for name in absent { XCTAssertNil(metadata[name], name) }
    let paths = [
      "/oauth2/v1/authorize", "/oauth2/v1/register",
      "/.well-known/openid-configuration", "/oidc/v1/userinfo",
    ]
    for path in paths { XCTAssertEqual(try caller.send("GET", path).status, 404, path) }
  }

  func testURLsComeFromTheConfigAndNeverFromTheHost() throws {
    let port = try Deployment()
    let caller = HTTPCaller(port: try port.port(), host: "evil.example")
    let answer = try caller.send("GET", path)
    XCTAssertFalse(answer.text.contains("evil.example"), answer.text)
  }

  func testAnIssuerWithAPathHasItsMetadataAfterTheHost() throws {
    let deployment = try Deployment(
      .standard.with("issuer", "\"https://issuer.example/tenant\""))
    let answer = try deployment.caller().send("GET", path + "/tenant")
    XCTAssertEqual(try answer.string("issuer"), "https://issuer.example/tenant")
    XCTAssertEqual(
      try answer.string("token_endpoint"), "https://issuer.example/tenant/oauth2/v1/token")
  }

  func testTheKeySetHoldsPublicKeysOnly() throws {
    let answer = try Deployment().caller().send("GET", "/oauth2/v1/jwks")
    XCTAssertEqual(answer.status, 200, answer.text)
    XCTAssertEqual(answer["Access-Control-Allow-Origin"], "*")
    XCTAssertEqual(answer["Cache-Control"]?.contains("max-age="), true)
    let keys = try XCTUnwrap(try answer.json["keys"] as? [[String: Any]])
    XCTAssertEqual(Set(keys.compactMap { $0["alg"] as? String }), ["ES256", "RS256"])
    XCTAssertEqual(Set(keys.compactMap { $0["kid"] as? String }).count, keys.count)
    let publicMembers: Set<String> = ["kty", "kid", "use", "alg", "crv", "x", "y", "n", "e"]
    for key in keys {
      XCTAssertEqual(Set(key.keys).subtracting(publicMembers), [])
      XCTAssertEqual(key["use"] as? String, "sig")
    }
  }

  func testAGetPathAnswersHeadWithoutABody() throws {
    let caller = try Deployment().caller()
    for path in [path, "/oauth2/v1/jwks", "/health/live"] {
      let head = try caller.send("HEAD", path)
      let get = try caller.send("GET", path)
      XCTAssertEqual(head.status, 200)
      XCTAssertEqual(head["Content-Length"], get["Content-Length"])
    }
  }

  func testHealthSaysAliveAndReady() throws {
    let caller = try Deployment().caller()
    for path in ["/health/live", "/health/ready"] {
      let answer = try caller.send("GET", path)
      XCTAssertEqual(answer.status, 200, answer.text)
      XCTAssertFalse(try answer.json.isEmpty)
    }
  }

  func testEveryAnswerCarriesAnIdOfItsOwn() throws {
    let caller = try Deployment().caller()
    let ids = try ["/health/live", "/nothing", "/api/x", path].map { path in
      try caller.send("GET", path, fields: [("X-Request-Id", "chosen-outside")])["X-Request-Id"]
    }
    XCTAssertEqual(Set(ids.compactMap { $0 }).count, 4)
    XCTAssertFalse(ids.contains("chosen-outside"))
  }
}
