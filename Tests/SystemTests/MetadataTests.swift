import Foundation
import Harness
import XCTest

/// What the server says of itself must be true, and all of it (RFC 8414).
final class MetadataTests: XCTestCase {
  private let path = "/.well-known/oauth-authorization-server"

  func testTheMetadataSayTheseThingsAndNoOthers() throws {
    let answer = try Deployment().caller().send("GET", path)
    XCTAssertEqual(answer.status, 200, answer.text)
    XCTAssertEqual(answer["Content-Type"]?.hasPrefix("application/json"), true)
    let metadata = try answer.json
    let issuer = DeploymentConfig.issuer
    let secrets = ["client_secret_basic", "client_secret_post"]
    let expected: [String: Any] = [
      "issuer": issuer, "token_endpoint": issuer + "/oauth2/v1/token",
      "token_endpoint_auth_methods_supported": secrets,
      "introspection_endpoint": issuer + "/oauth2/v1/introspect",
      "introspection_endpoint_auth_methods_supported": secrets,
      "introspection_signing_alg_values_supported": ["ES256", "RS256"],
      "revocation_endpoint": issuer + "/oauth2/v1/revoke",
      "revocation_endpoint_auth_methods_supported": secrets,
      "jwks_uri": issuer + "/oauth2/v1/jwks",
      // Required by RFC 8414, and there is no authorization endpoint to take any.
      "response_types_supported": [String](),
      "grant_types_supported": ["client_credentials"],
      "scopes_supported": ["api.read", "api.write"],
      "protected_resources": [DeploymentConfig.audience],
    ]
    XCTAssertEqual(metadata as NSDictionary, expected as NSDictionary)
  }

  func testEachAuthenticationMethodThatIsNamedWorksAndNoOther() throws {
    let caller = try Deployment().caller()
    let metadata = try caller.send("GET", path).json
    let id = ("client_id", "app")
    let ways: [(method: String, form: [(String, String)], fields: [(String, String)])] = [
      ("client_secret_basic", [], [basic("app")]),
      ("client_secret_post", [id, ("client_secret", DeploymentConfig.secret)], []),
      ("none", [id], []),
    ]
    for endpoint in ["token", "introspection", "revocation"] {
      let url = try XCTUnwrap(metadata["\(endpoint)_endpoint"] as? String)
      let named = metadata["\(endpoint)_endpoint_auth_methods_supported"] as? [String] ?? []
      for way in ways {
        let answer = try caller.post(
          String(url.dropFirst(DeploymentConfig.issuer.count)),
          form: [("grant_type", "client_credentials"), ("token", "x")] + way.form,
          fields: way.fields)
        XCTAssertEqual(
          answer.status, named.contains(way.method) ? 200 : 401, "\(endpoint), \(way.method)")
      }
    }
  }

  func testEachGrantAndScopeThatIsNamedIsGivenAndNoOther() throws {
    let caller = try Deployment().caller()
    let metadata = try caller.send("GET", path).json
    let grants = metadata["grant_types_supported"] as? [String] ?? []
    let known = [
      "authorization_code", "client_credentials", "implicit", "password", "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
      "urn:ietf:params:oauth:grant-type:jwt-bearer",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ]
    for grant in known {
      let answer = try caller.post(
        "/oauth2/v1/token", form: [("grant_type", grant)] + Deployment.form().dropFirst())
      let isRefused = try answer.json["error"] as? String == "unsupported_grant_type"
      XCTAssertEqual(isRefused, !grants.contains(grant), grant)
    }
    let scopes = metadata["scopes_supported"] as? [String] ?? []
    for scope in scopes + ["openid", "offline_access", "admin"] {
      let answer = try caller.post("/oauth2/v1/token", form: Deployment.form(scope: scope))
      XCTAssertEqual(answer.status, scopes.contains(scope) ? 200 : 400, scope)
    }
  }

  func testPagesForPeopleAreNamedIfTheConfigNamesThem() throws {
    let deployment = try Deployment(
      .standard.with(
        "metadata",
        #"{ documentation: "https://docs.example/a?b=c", terms: "http://localhost:1/terms" }"#))
    let metadata = try deployment.caller().send("GET", path).json
    XCTAssertEqual(metadata["service_documentation"] as? String, "https://docs.example/a?b=c")
    XCTAssertEqual(metadata["op_tos_uri"] as? String, "http://localhost:1/terms")
    XCTAssertNil(metadata["op_policy_uri"])
    for url in ["http://docs.example/", "docs.example", "javascript:alert(1)", "https://a b", ""] {
      let refused = try Deployment(
        .standard.with("metadata", "{ policy: \"\(url)\" }"), start: false
      ).refusal()
      XCTAssertEqual(refused.exitCode, 2, url)
      XCTAssertTrue(refused.errors.contains("metadata.policy"), refused.errors)
    }
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
