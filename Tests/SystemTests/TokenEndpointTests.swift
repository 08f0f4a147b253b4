import Harness
import XCTest

/// Who gets a token and who gets which error (RFC 6749, sections 4.4 and 5).
final class TokenEndpointTests: XCTestCase {
  private let path = "/oauth2/v1/token"

  func testASecretInTheBodyGetsAToken() throws {
    let answer = try Deployment().caller().post(path, form: Deployment.form())
    XCTAssertEqual(answer.status, 200, answer.text)
    XCTAssertEqual(try answer.string("token_type"), "Bearer")
    XCTAssertEqual(try answer.string("scope"), "api.read")
    XCTAssertEqual(try answer.json["expires_in"] as? Int, 600)
    XCTAssertNil(try answer.json["refresh_token"])
    XCTAssertEqual(answer["Cache-Control"], "no-store")
    XCTAssertEqual(answer["Content-Type"]?.hasPrefix("application/json"), true)
  }

  func testASecretByBasicAuthenticationGetsAToken() throws {
    let answer = try Deployment().caller().post(
      path, form: [("grant_type", "client_credentials"), ("scope", "api.read api.write")],
      fields: [basic("app")])
    XCTAssertEqual(answer.status, 200, answer.text)
    XCTAssertEqual(try answer.string("scope"), "api.read api.write")
  }

  func testCurlGetsATokenAsTheReadmeShows() throws {
    let deployment = try Deployment()
    let result = try execute(
      "curl",
      [
        "-sS", "--fail", "-d", HTTPCaller.encode(Deployment.form()),
        "http://127.0.0.1:\(deployment.port())/oauth2/v1/token",
      ])
    XCTAssertEqual(result.exitCode, 0, result.errors)
    XCTAssertTrue(result.output.contains("\"access_token\":\""), result.output)
  }

  func testAWrongSecretIsRefusedWithAChallenge() throws {
    let caller = try Deployment().caller()
    for secret in [
      "wrong", "", DeploymentConfig.secret + "x", String(DeploymentConfig.secret.dropLast()),
    ] {
      let post = try caller.post(path, form: Deployment.form(secret: secret))
      assertOAuthError(post, 401, "invalid_client")
      XCTAssertNotNil(post["WWW-Authenticate"])
      let byBasic = try caller.post(
        path, form: [("grant_type", "client_credentials")], fields: [basic("app", secret)])
      assertOAuthError(byBasic, 401, "invalid_client")
      XCTAssertEqual(byBasic["WWW-Authenticate"]?.hasPrefix("Basic"), true)
    }
  }

  func testAnUnknownClientIsToldNoMoreThanAWrongSecret() throws {
    let caller = try Deployment().caller()
    let unknown = try caller.post(path, form: Deployment.form("nobody"))
    let wrong = try caller.post(path, form: Deployment.form(secret: "wrong"))
    assertOAuthError(unknown, 401, "invalid_client")
    XCTAssertEqual(unknown.text, wrong.text)
  }

  func testAClientWithoutAuthenticationIsRefused() throws {
    let caller = try Deployment().caller()
    assertOAuthError(
      try caller.post(path, form: [("grant_type", "client_credentials")]), 401, "invalid_client")
    assertOAuthError(
      try caller.post(path, form: [("grant_type", "client_credentials"), ("client_id", "app")]),
      401, "invalid_client")
  }

  func testTwoAuthenticationMethodsInOneRequestAreRefused() throws {
    let answer = try Deployment().caller().post(
      path, form: Deployment.form(), fields: [basic("app")])
    assertOAuthError(answer, 400, "invalid_request")
  }

  func testAnUnknownGrantTypeIsRefused() throws {
    let caller = try Deployment().caller()
    for grant in ["password", "authorization_code", "urn:example:nothing"] {
      let answer = try caller.post(
        path, form: [("grant_type", grant)], fields: [basic("app")])
      assertOAuthError(answer, 400, "unsupported_grant_type")
    }
  }

  func testAMissingGrantTypeIsRefused() throws {
    let caller = try Deployment().caller()
    assertOAuthError(
      try caller.post(path, form: [("scope", "api.read")], fields: [basic("app")]), 400,
      "invalid_request")
    // RFC 6749, section 3.2: a parameter without a value counts as left out.
    assertOAuthError(
      try caller.post(path, form: [("grant_type", "")], fields: [basic("app")]), 400,
      "invalid_request")
  }

  func testARepeatedParameterIsRefused() throws {
    let caller = try Deployment().caller()
    for name in ["grant_type", "scope", "client_id", "client_secret"] {
      let twice = Deployment.form().filter { $0.0 == name }
      let answer = try caller.post(path, form: Deployment.form() + twice)
      assertOAuthError(answer, 400, "invalid_request")
    }
  }

  func testAnUnknownParameterIsIgnored() throws {
    let answer = try Deployment().caller().post(
      path, form: Deployment.form() + [("colour", "blue")])
    XCTAssertEqual(answer.status, 200, answer.text)
  }

  func testAScopeBeyondTheClientsIsRefused() throws {
    let caller = try Deployment().caller()
    for scope in ["api.read api.write", "api.write", "admin", "api.read admin"] {
      assertOAuthError(
        try caller.post(path, form: Deployment.form("app-narrow", scope: scope)), 400,
        "invalid_scope")
    }
  }

  func testAMalformedScopeIsRefused() throws {
    let caller = try Deployment().caller()
    for scope in ["api.read\u{7}", "\"api.read\"", "api\\read", "äpi"] {
      assertOAuthError(
        try caller.post(path, form: Deployment.form(scope: scope)), 400, "invalid_scope")
    }
  }

  func testOnlyAFormIsTaken() throws {
    let caller = try Deployment().caller()
    let json = try caller.send(
      "POST", path, fields: [("Content-Type", "application/json"), basic("app")],
      body: #"{"grant_type":"client_credentials"}"#)
    assertOAuthError(json, 400, "invalid_request")
  }

  func testParametersInTheQueryDoNotCount() throws {
    let query = HTTPCaller.encode(Deployment.form())
    let answer = try Deployment().caller().post(path + "?" + query, form: [])
    XCTAssertEqual(answer.status / 100, 4)
    XCTAssertFalse(answer.text.contains("access_token"))
  }

  func testOnlyPostIsTaken() throws {
    let caller = try Deployment().caller()
    for method in ["GET", "PUT", "DELETE"] {
      let answer = try caller.send(method, path)
      XCTAssertEqual(answer.status, 405)
      XCTAssertEqual(answer["Allow"]?.contains("POST"), true)
    }
  }

  func testTheBrowserOfAnotherOriginMayAskWithoutCredentials() throws {
    let caller = try Deployment().caller()
    let preflight = try caller.send(
      "OPTIONS", path,
      fields: [("Origin", "https://spa.example"), ("Access-Control-Request-Method", "POST")])
    XCTAssertEqual(preflight.status / 100, 2)
    XCTAssertEqual(preflight["Access-Control-Allow-Origin"], "*")
    let answer = try caller.post(
      path, form: Deployment.form(), fields: [("Origin", "https://spa.example")])
    XCTAssertEqual(answer["Access-Control-Allow-Origin"], "*")
    XCTAssertNil(answer["Access-Control-Allow-Credentials"])
  }

  func testTheLogNamesTheTrueReasonUnderTheRequestsIdAndNoSecret() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let answer = try caller.post(path, form: Deployment.form(secret: "a-wrong-secret-nobody-logs"))
    let id = try XCTUnwrap(answer["X-Request-Id"])
    try eventually(until: "the log names \(id)") { deployment.log.contains(id) }
    let token = try deployment.token()
    try deployment.stop()
    XCTAssertFalse(deployment.log.contains("a-wrong-secret-nobody-logs"))
    XCTAssertFalse(deployment.log.contains(DeploymentConfig.secret))
    XCTAssertFalse(deployment.log.contains(token.suffix(40)))
  }
}
