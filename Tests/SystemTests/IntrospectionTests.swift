import Foundation
import Harness
import XCTest

/// What a token says, told to those whom it concerns (RFC 7662).
final class IntrospectionTests: XCTestCase {
  private static let inactive = #"{"active":false}"#

  /// The standard deployment with a server of its resource, and a public client.
  static let config = DeploymentConfig.standard
    .with(
      "resources",
      """
      [{ id: "api", audience: "\(DeploymentConfig.audience)", introspectors: ["server"],
         scopes: { "api.read": "Read", "api.write": "Write" } },
       { id: "other", audience: "https://other.example", introspectors: ["other-server"],
         scopes: { "other.read": "Read" } }]
      """
    )
    .with(
      "clients",
      "["
        + ["app", "app-short"].map {
          DeploymentConfig.client(
            $0, $0 == "app-short" ? #"tokens: { accessTokenLifetime: "1s" }"# : "")
        }.joined()
        + DeploymentConfig.client("app-rs256", #"tokens: { algorithm: "RS256" }"#)
        + DeploymentConfig.client("app-uuid", #"tokens: { format: "uuid" }"#)
        + #"{ id: "server", secret: { file: "client.secret" } },"#
        + #"{ id: "other-server", secret: { file: "client.secret" } },"#
        + #"{ id: "public", grantTypes: ["client_credentials"], scopes: ["api.read"] },"# + "]")

  func testAServerOfTheResourceIsToldWhatTheTokenSays() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    for client in ["app", "app-rs256", "app-uuid"] {
      let token = try deployment.token(client, scope: "api.read api.write")
      for _ in 0..<2 {
        let answer = try caller.introspect(token, as: "server")
        XCTAssertEqual(answer.status, 200, answer.text)
        XCTAssertEqual(answer["Cache-Control"], "no-store")
        XCTAssertEqual(answer["Content-Type"], "application/json")
        XCTAssertNil(answer["Access-Control-Allow-Origin"])
        let json = try answer.json
        XCTAssertEqual(json["active"] as? Bool, true, client)
        XCTAssertEqual(json["token_type"] as? String, "Bearer")
        XCTAssertEqual(json["scope"] as? String, "api.read api.write")
        XCTAssertEqual(json["client_id"] as? String, client)
        XCTAssertEqual(json["sub"] as? String, client)
        XCTAssertEqual(json["aud"] as? String, DeploymentConfig.audience)
        XCTAssertEqual(json["iss"] as? String, DeploymentConfig.issuer)
        let issued = try XCTUnwrap(json["iat"] as? Int)
        XCTAssertEqual(json["exp"] as? Int, issued + 600)
        XCTAssertNotNil(json["jti"] as? String)
      }
    }
  }

  func testWhoeverGotTheTokenMayAskAndNobodyElse() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    for client in ["app", "app-uuid"] {
      let token = try deployment.token(client)
      XCTAssertEqual(try caller.introspect(token, as: client).json["active"] as? Bool, true)
      for stranger in ["other-server", "app-short"] {
        let answer = try caller.introspect(token, as: stranger)
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer.text, Self.inactive, "\(stranger) about a token of \(client)")
      }
    }
  }

  func testEverythingElseIsExactlyInactive() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let token = try deployment.token()
    let opaque = try deployment.token("app-uuid")
    let short = try deployment.token("app-short")
    let forgeries = try Judge.forgeries(of: token, jwks: caller.send("GET", "/oauth2/v1/jwks").text)
    XCTAssertGreaterThan(forgeries.count, 5)
    var texts = forgeries.mapValues { $0 }
    texts["garbage"] = "garbage"
    texts["a UUID"] = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
    texts["an opaque token of nobody"] = String(opaque.dropLast(4)) + "AAAA"
    texts["something long"] = String(repeating: "a", count: 20_000)
    for (name, text) in texts {
      let answer = try caller.introspect(text, as: "server")
      XCTAssertEqual(answer.status, 200, name)
      XCTAssertEqual(answer.text, Self.inactive, name)
    }
    try eventually(until: "it has ended") {
      try caller.introspect(short, as: "server").text == Self.inactive
    }
    for hint in ["access_token", "refresh_token", "nonsense"] {
      let answer = try caller.introspect(token, as: "server", more: [("token_type_hint", hint)])
      XCTAssertEqual(try answer.json["active"] as? Bool, true, hint)
    }
  }

  func testARevokedTokenIsInactiveAtOnce() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    for client in ["app", "app-rs256", "app-uuid"] {
      for _ in 0..<5 {
        let token = try deployment.token(client)
        XCTAssertEqual(try caller.introspect(token, as: "server").json["active"] as? Bool, true)
        XCTAssertEqual(try caller.revoke(token, as: client).status, 200)
        XCTAssertEqual(try caller.introspect(token, as: "server").text, Self.inactive)
      }
    }
  }

  func testOnlyAClientThatProvesWhoItIsMayAsk() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let token = try deployment.token()
    for form in [
      [("token", token)], [("token", token), ("client_id", "server")],
      [("token", token), ("client_id", "server"), ("client_secret", "wrong")],
      [("token", token), ("client_id", "public")],
    ] {
      let answer = try caller.post("/oauth2/v1/introspect", form: form)
      XCTAssertEqual(answer.status, 401, "\(form)")
      XCTAssertEqual(try answer.string("error"), "invalid_client")
      XCTAssertNotNil(answer["WWW-Authenticate"])
      XCTAssertFalse(answer.text.contains("active"))
    }
    let bearer = try caller.post(
      "/oauth2/v1/introspect", form: [("token", token)],
      fields: [("Authorization", "Bearer \(token)")])
    XCTAssertEqual(bearer.status, 401)
    let twice = try caller.introspect(token, as: "server", more: [("token", token)])
    XCTAssertEqual(twice.status, 400)
    XCTAssertEqual(try caller.send("GET", "/oauth2/v1/introspect?token=\(token)").status, 405)
  }

  /// A public client names itself, and that is enough to give up what is its own, and nothing else.
  func testAPublicClientMayRevokeButNotWhatIsAnothers() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let token = try deployment.token()
    let garbage = try caller.post(
      "/oauth2/v1/revoke", form: [("token", "garbage"), ("client_id", "public")])
    XCTAssertEqual(garbage.status, 200)
    let others = try caller.post(
      "/oauth2/v1/revoke", form: [("token", token), ("client_id", "public")])
    XCTAssertEqual(others.status, 400)
    XCTAssertEqual(try others.string("error"), "invalid_grant")
    let secret = try caller.post(
      "/oauth2/v1/revoke",
      form: [("token", "x"), ("client_id", "public"), ("client_secret", "guess")])
    XCTAssertEqual(secret.status, 401)
    XCTAssertEqual(try caller.introspect(token, as: "server").json["active"] as? Bool, true)
  }

  func testWhileStorageIsOutNobodySaysInactive() throws {
    let deployment = try Deployment(Self.config)
    let caller = try deployment.caller()
    let opaque = try deployment.token("app-uuid")
    let script =
      "import sqlite3,sys; c=sqlite3.connect(sys.argv[1],timeout=10); "
      + "c.execute('ALTER TABLE record RENAME TO away'); c.commit()"
    let path = deployment.folder.path("state/sallyport.db")
    XCTAssertEqual(try execute("python3", ["-c", script, path]).exitCode, 0)
    let answer = try caller.introspect(opaque, as: "server")
    XCTAssertEqual(answer.status, 503, answer.text)
    XCTAssertEqual(try answer.string("error"), "temporarily_unavailable")
  }

  func testTheTokenStandsInNoLog() throws {
    let deployment = try Deployment(Self.config)
    let token = try deployment.token()
    _ = try deployment.caller().introspect(token, as: "server")
    _ = try deployment.caller().introspect(token, as: "other-server")
    _ = try deployment.caller().revoke(token)
    try eventually(until: "the requests are logged") {
      deployment.log.contains("/oauth2/v1/revoke")
    }
    XCTAssertFalse(deployment.log.contains(String(token.suffix(40))))
    XCTAssertTrue(deployment.log.contains("the token is not for this caller"))
  }
}
