import Foundation
import Harness
import XCTest

/// Where a client finds what it needs, from nothing but the issuer or a refusal.
final class DiscoveryTests: XCTestCase {
  private static let server = "/.well-known/oauth-authorization-server"
  private static let resource = "/.well-known/oauth-protected-resource"

  private func deployment(issuer: String) throws -> Deployment {
    try Deployment(.standard.with("issuer", "\"\(issuer)\""))
  }

  private func path(of url: Any?) throws -> String {
    let text = try XCTUnwrap(url as? String)
    return try XCTUnwrap(URLComponents(string: text)?.path, text)
  }

  // MARK: Issuers

  /// RFC 8414 3: the well-known part goes after the host, and a slash at the end is dropped.
  func testFromItsIssuerAClientFindsAllItNeedsAndTheProxyTakesItsToken() throws {
    let issuers = [
      ("https://issuer.example", ""), ("https://issuer.example/", ""),
      ("https://issuer.example/tenant", "/tenant"),
      ("https://issuer.example/tenant/", "/tenant"), ("https://issuer.example/a/b", "/a/b"),
    ]
    for (issuer, base) in issuers {
      let deployment = try deployment(issuer: issuer)
      let caller = try deployment.caller()
      let metadata = try caller.send("GET", Self.server + base).json
      XCTAssertEqual(metadata["issuer"] as? String, issuer)
      let form = Deployment.form()
      let token = try caller.post(try path(of: metadata["token_endpoint"]), form: form)
        .string("access_token")
      let keys = try caller.send("GET", try path(of: metadata["jwks_uri"])).text
      let claims = try Judge.verify(token, jwks: keys).claims
      XCTAssertEqual(claims["iss"] as? String, issuer)
      XCTAssertEqual(try caller.get("/api/x", token: token).status, 200, issuer)
      let elsewhere =
        [Self.server + base + "/", base + "/.well-known/openid-configuration"]
        + (base == "" ? [] : [Self.server, base + Self.server, "/oauth2/v1/jwks"])
      for path in elsewhere {
        XCTAssertEqual(try caller.send("GET", path).status, 404, "\(issuer): \(path)")
      }
    }
  }

  func testEveryURLOfTheMetadataIsServed() throws {
    for issuer in [DeploymentConfig.issuer, DeploymentConfig.issuer + "/tenant"] {
      let deployment = try deployment(issuer: issuer)
      let caller = try deployment.caller()
      let base = issuer == DeploymentConfig.issuer ? "" : "/tenant"
      let metadata = try caller.send("GET", Self.server + base).json
      let urls = metadata.filter { $0.key.hasSuffix("_endpoint") || $0.key.hasSuffix("_uri") }
      XCTAssertGreaterThanOrEqual(urls.count, 3)
      for (name, url) in urls {
        XCTAssertEqual((url as? String)?.hasPrefix(issuer), true, name)
        let answer = try caller.send("OPTIONS", try path(of: url))
        XCTAssertEqual(answer.status, 204, name)
      }
    }
  }

  // MARK: Caching

  func testADocumentThatIsKnownIsNotSentAgain() throws {
    let caller = try Deployment().caller()
    for path in [Self.server, "/oauth2/v1/jwks", Self.resource] {
      let first = try caller.send("GET", path)
      XCTAssertEqual(first.status, 200, path)
      let tag = try XCTUnwrap(first["ETag"], path)
      XCTAssertTrue(tag.hasPrefix("\""), "\(path): \(tag) is weak")
      XCTAssertEqual(first["Cache-Control"]?.hasPrefix("public, max-age="), true, path)
      let known = [tag, "W/\(tag)", "\"x\", \(tag)", "\"a,b\" ,, W/\(tag) , \"y\"", "*"]
      for value in known {
        for method in ["GET", "HEAD"] {
          let again = try caller.send(method, path, fields: [("If-None-Match", value)])
          XCTAssertEqual(again.status, 304, "\(method) \(path): \(value)")
          XCTAssertEqual(again.body, [])
          XCTAssertEqual(again["ETag"], tag)
          XCTAssertEqual(again["Cache-Control"], first["Cache-Control"])
          XCTAssertNil(again["Content-Type"])
        }
      }
      let inTwo = try caller.send(
        "GET", path, fields: [("If-None-Match", "\"x\""), ("If-None-Match", tag)])
      XCTAssertEqual(inTwo.status, 304)
      let bare = String(tag.dropFirst().dropLast())
      let unknown = [
        "\"x\"", bare, "\"\(bare)", "\"x\(tag)", "w/\(tag)", "\"*\"", "x, \(tag)", "",
      ]
      for value in unknown {
        let whole = try caller.send("GET", path, fields: [("If-None-Match", value)])
        XCTAssertEqual(whole.status, 200, "\(path): \(value)")
        XCTAssertEqual(whole.body, first.body)
      }
    }
  }

  func testTheTagOfTheKeySetChangesWithTheKeys() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let before = try caller.send("GET", "/oauth2/v1/jwks")
    XCTAssertEqual(try deployment.command(["key", "rotate"]).exitCode, 0)
    let after = try caller.send(
      "GET", "/oauth2/v1/jwks", fields: [("If-None-Match", before["ETag"] ?? "")])
    XCTAssertEqual(after.status, 200)
    XCTAssertNotEqual(after.body, before.body)
  }

  // MARK: Protected resources

  func testARefusalLeadsToTheIssuerAndFromThereToATokenThatPasses() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let refusal = try caller.send("GET", "/api/x")
    XCTAssertEqual(refusal.status, 401)
    let challenge = try XCTUnwrap(refusal["WWW-Authenticate"])
    let mark = "resource_metadata=\""
    let url = try XCTUnwrap(
      challenge.components(separatedBy: mark).last?.components(separatedBy: "\"").first)
    XCTAssertTrue(challenge.contains(mark), challenge)
    XCTAssertEqual(url, DeploymentConfig.audience + Self.resource)
    let metadata = try caller.send("GET", try path(of: url)).json
    XCTAssertEqual(metadata["resource"] as? String, DeploymentConfig.audience)
    XCTAssertEqual(metadata["authorization_servers"] as? [String], [DeploymentConfig.issuer])
    XCTAssertEqual(metadata["scopes_supported"] as? [String], ["api.read", "api.write"])
    XCTAssertEqual(metadata["bearer_methods_supported"] as? [String], ["header"])
    let token = try caller.post(
      "/oauth2/v1/token",
      form: Deployment.form() + [("resource", DeploymentConfig.audience)])
    XCTAssertEqual(
      try caller.get("/api/x", token: try token.string("access_token")).status, 200)
  }

  func testEachHostHearsOfItsOwnResourceOnly() throws {
    let route = { (path: String, audience: String) in
      """
      { path: "\(path)", upstream: "echo", audience: "\(audience)" },
      """
    }
    let deployment = try Deployment(
      DeploymentConfig.standard.with(
        "resources",
        """
        [{ id: "a", audience: "https://a.example/x/", scopes: { "api.read": "Read" } },
         { id: "b", audience: "https://b.example/x/", scopes: { "api.write": "Write" } },
         { id: "c", audience: "urn:c", scopes: {} }]
        """
      ).with(
        "proxy",
        """
        { upstreams: { echo: { builtin: "echo" } }, routes: [
          \(route("/a/", "https://a.example/x/")) \(route("/b/", "https://b.example/x/"))
          \(route("/c/", "urn:c")) ] }
        """))
    let port = try deployment.port()
    for (host, resource) in [
      ("a.example", "https://a.example/x/"), ("B.example", "https://b.example/x/"),
    ] {
      let caller = HTTPCaller(port: port, host: host, deployment: deployment)
      for path in [Self.resource + "/x/", Self.resource + "/x"] {
        XCTAssertEqual(try caller.send("GET", path).string("resource"), resource, path)
      }
      XCTAssertEqual(try caller.send("GET", Self.resource).status, 404)
    }
    let stranger = HTTPCaller(port: port, host: "evil.example", deployment: deployment)
    XCTAssertEqual(try stranger.send("GET", Self.resource + "/x").status, 404)
    let nameless = try stranger.send("GET", "/c/")["WWW-Authenticate"] ?? ""
    XCTAssertFalse(nameless.contains("resource_metadata"), nameless)
    let named = try stranger.send("GET", "/b/")["WWW-Authenticate"] ?? ""
    XCTAssertTrue(named.contains("\"https://b.example\(Self.resource)/x/\""), named)
  }
}
