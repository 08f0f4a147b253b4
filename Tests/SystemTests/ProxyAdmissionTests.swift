import Foundation
import Harness
import XCTest

/// The proxy lets exactly the holders of a good token through, by our own keys.
final class ProxyAdmissionTests: XCTestCase {
  func testTheHolderOfATokenGetsThrough() throws {
    let deployment = try Deployment()
    for client in ["app", "app-rs256", "app-uuid"] {
      let token = try deployment.token(client)
      for _ in 0..<3 {
        let answer = try deployment.caller().get("/api/hello", token: token)
        XCTAssertEqual(answer.status, 200, "\(client): \(answer.text)")
      }
    }
  }

  func testTheSchemeIsNamedInAnyCase() throws {
    let deployment = try Deployment()
    let token = try deployment.token()
    for scheme in ["bearer", "BEARER"] {
      let answer = try deployment.caller().send(
        "GET", "/api/x", fields: [("Authorization", "\(scheme) \(token)")])
      XCTAssertEqual(answer.status, 200)
    }
  }

  func testNoTokenGetsAChallengeWithoutAnError() throws {
    let answer = try Deployment().caller().send("GET", "/api/hello")
    assertChallenge(answer, 401, error: nil)
  }

  func testForgedTokensAreRefused() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let jwks = try caller.send("GET", "/oauth2/v1/jwks").text
    for client in ["app", "app-rs256"] {
      let token = try deployment.token(client)
      let forgeries = try Judge.forgeries(of: token, jwks: jwks)
      XCTAssertGreaterThan(forgeries.count, 15)
      for (name, forged) in forgeries.sorted(by: { $0.key < $1.key }) {
        let answer = try caller.get("/api/hello", token: forged)
        XCTAssertTrue([400, 401].contains(answer.status), "\(name): \(answer.status)")
        XCTAssertNotNil(answer["WWW-Authenticate"], name)
      }
      // The good one is still good, and what it was compared with was no accident.
      XCTAssertEqual(try caller.get("/api/hello", token: token).status, 200)
    }
  }

  func testATokenOfTooSmallAScopeIsForbidden() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token(scope: "api.read")
    let fields = [("Authorization", "Bearer \(token)")]
    let answer = try caller.send("POST", "/api/things", fields: fields, body: "x")
    assertChallenge(answer, 403, error: "insufficient_scope")
    XCTAssertEqual(answer["WWW-Authenticate"]?.contains("api.write"), true)
    let wide = try deployment.token(scope: "api.write")
    let allowed = try caller.send(
      "POST", "/api/things", fields: [("Authorization", "Bearer \(wide)")], body: "x")
    XCTAssertEqual(allowed.status, 200, allowed.text)
    XCTAssertEqual(try caller.get("/api/things", token: wide).status, 403)
  }

  func testAnExpiredTokenIsRefusedThoughItWasGoodBefore() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token("app-short")
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
    var last = try caller.get("/api/x", token: token)
    try eventually(upTo: 90, until: "the token expired") {
      last = try caller.get("/api/x", token: token)
      return last.status != 200
    }
    assertChallenge(last, 401, error: "invalid_token")
  }

  /// The standard deployment with a second resource, whose scope the client may be given too.
  private static let twoResources: DeploymentConfig = {
    let other =
      #"{ id: "other", audience: "https://other.example", scopes: { "other.read": "Read" } }"#
    let scopes = #"["api.read", "api.write", "other.read"]"#
    return DeploymentConfig.standard
      .with("resources", DeploymentConfig.resources.dropLast() + ", \(other)]")
      .with("clients", "[" + DeploymentConfig.client("app", scopes: scopes) + "]")
  }()

  func testATokenForAnotherAudienceIsRefused() throws {
    let deployment = try Deployment(Self.twoResources)
    let answer = try deployment.caller().get(
      "/api/x", token: try deployment.token(scope: "other.read"))
    assertChallenge(answer, 401, error: "invalid_token")
    XCTAssertEqual(try deployment.caller().get("/api/x", token: try deployment.token()).status, 200)
  }

  func testScopesOfTwoAudiencesGiveNoToken() throws {
    let deployment = try Deployment(Self.twoResources)
    let answer = try deployment.caller().post(
      "/oauth2/v1/token", form: Deployment.form(scope: "api.read other.read"))
    assertOAuthError(answer, 400, "invalid_target")
  }

  func testATokenCountsOnlyInTheHeaderAndOnlyOnce() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token()
    XCTAssertEqual(try caller.send("GET", "/api/x?access_token=\(token)").status, 401)
    let twice = try caller.send(
      "GET", "/api/x",
      fields: [("Authorization", "Bearer \(token)"), ("Authorization", "Bearer \(token)")])
    XCTAssertTrue([400, 401].contains(twice.status))
    XCTAssertEqual(
      try caller.send("GET", "/api/x", fields: [basic("app")]).status, 401)
  }

  func testAPathThatNoRouteNamesIsNotFound() throws {
    let deployment = try Deployment()
    let token = try deployment.token()
    for path in ["/", "/ap", "/apix", "/API/x", "/other"] {
      XCTAssertEqual(try deployment.caller().get(path, token: token).status, 404, path)
    }
  }

  func testAnAnonymousRouteNeedsNoToken() throws {
    XCTAssertEqual(try Deployment().caller().send("GET", "/open/x").status, 200)
  }

  func testDisguisedPathsDoNotEscapeTheRoute() throws {
    let caller = try Deployment().caller()
    let disguises = [
      "/open/../api/x", "/open/%2e%2e/api/x", "/open/..%2fapi/x", "/open/%2E%2E%2Fapi/x",
      "/open/x/../../api/x", "/open//../api/x", "/open/..;/api/x", "/open/.%2e/api/x",
      "/open\\..\\api\\x", "/open/%5c../api/x", "/open/%252e%252e/api/x",
    ]
    for path in disguises {
      let answer = try caller.send("GET", path)
      if answer.status == 200 {
        // Let through as anonymous: then the upstream must have seen it below /open/.
        let echoed = try answer.string("path")
        XCTAssertTrue(echoed.hasPrefix("/open/"), "\(path) reached \(echoed)")
        XCTAssertFalse(echoed.contains(".."), "\(path) reached \(echoed)")
      } else {
        XCTAssertTrue([400, 401, 404].contains(answer.status), "\(path): \(answer.status)")
      }
    }
  }
}
