import Foundation
import Harness
import XCTest

/// Where errors lead whoever meets one: to a page that says what a client may know, and no more.
final class ErrorPageTests: XCTestCase {
  private let page = DeploymentConfig.issuer + "/ui/errors/"

  func testAnOAuthErrorLeadsToItsPartOfThePage() throws {
    let caller = try Deployment().caller()
    let refused = try caller.post("/oauth2/v1/token", form: Deployment.form(secret: "wrong"))
    XCTAssertEqual(try refused.string("error_uri"), page + "#invalid_client")
    let shown = try caller.send("GET", "/ui/errors/")
    XCTAssertEqual(shown.status, 200)
    XCTAssertEqual(shown["Content-Type"], "text/html; charset=utf-8")
    XCTAssertTrue(shown.text.contains("<section id=\"invalid_client\">"))
    XCTAssertTrue(shown.text.contains("<code>client.secret_wrong</code>"))
  }

  func testAStrangerCannotTellAnUnknownClientFromAWrongSecret() throws {
    let caller = try Deployment().caller()
    let wrong = try caller.post("/oauth2/v1/token", form: Deployment.form(secret: "wrong"))
    let unknown = try caller.post("/oauth2/v1/token", form: Deployment.form("nobody"))
    XCTAssertEqual(wrong.text, unknown.text)
  }

  func testThePageRunsNoScriptAndLoadsNothing() throws {
    let shown = try Deployment().caller().send("GET", "/ui/errors/")
    let policy = try XCTUnwrap(shown["Content-Security-Policy"])
    XCTAssertTrue(policy.hasPrefix("default-src 'none'; style-src 'sha256-"), policy)
    XCTAssertFalse(policy.contains("unsafe"), policy)
    XCTAssertFalse(shown.text.contains("<script"))
    XCTAssertFalse(shown.text.contains("http://"))
    XCTAssertTrue(shown.text.contains("color-scheme:light dark"))
    XCTAssertEqual(shown["X-Content-Type-Options"], "nosniff")
    // The policy allows the page's own style, judged by somebody else's digest.
    let style = try XCTUnwrap(
      shown.text.components(separatedBy: "<style>").last?.components(separatedBy: "</style>").first)
    let digest = try execute(
      "sh", ["-c", "openssl dgst -sha256 -binary | base64"], input: style)
    let expected = digest.output.trimmingCharacters(in: .whitespacesAndNewlines)
    XCTAssertTrue(policy.contains("'sha256-\(expected)'"), policy)
  }

  func testProblemsOfProxyAndServerLeadThereToo() throws {
    let caller = try Deployment().caller()
    for (path, fields, status, part) in [
      ("/nowhere", [], 404, "not_found"),
      ("/api/x", [], 401, "missing_token"),
      ("/api/x", [("Authorization", "Bearer x")], 401, "invalid_token"),
      ("/a%00b", [], 400, "bad_request"),
    ] as [(String, [(String, String)], Int, String)] {
      let answer = try caller.send("GET", path, fields: fields)
      XCTAssertEqual(answer.status, status, path)
      XCTAssertEqual(try answer.string("type"), "\(page)#\(part)", path)
      XCTAssertEqual(answer["Content-Type"], "application/problem+json")
    }
    let post = try caller.send("GET", "/oauth2/v1/token")
    XCTAssertEqual(try post.string("type"), page + "#method_not_allowed")
  }

  func testAProxyAloneHasNoPageToLeadTo() throws {
    let config = DeploymentConfig.standard
      .with("issuer", nil).with("plugins", nil).with("keys", nil).with("clients", nil)
      .with("listeners", #"[{ address: "127.0.0.1:0", serves: ["proxy"] }]"#)
    let caller = try Deployment(config).caller()
    XCTAssertEqual(try caller.send("GET", "/nowhere").string("type"), "about:blank")
    XCTAssertEqual(try caller.send("GET", "/ui/errors/").status, 404)
  }

  func testARouteMayNotTakeThePage() throws {
    let proxy = """
      { upstreams: { echo: { builtin: "echo" } },
        routes: [{ path: "/ui/errors/", upstream: "echo", anonymous: true }] }
      """
    let result = try Deployment(.standard.with("proxy", proxy), start: false).refusal()
    XCTAssertEqual(result.exitCode, 2)
    XCTAssertTrue(result.errors.contains("lies under the reserved path /ui/errors/"), result.errors)
  }
}
