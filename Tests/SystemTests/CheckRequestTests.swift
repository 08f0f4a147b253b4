import Foundation
import Harness
import XCTest

/// What would become of a request, and whether what a config names can be reached.
final class CheckRequestTests: XCTestCase {
  private func check(
    _ request: String, token: String? = nil, _ deployment: Deployment, _ more: [String] = []
  ) throws -> CommandResult {
    var words = ["check", "--request", request] + more
    if let token {
      try deployment.folder.write("token", token + "\n")
      words += ["--token-file", deployment.folder.path("token")]
    }
    return try deployment.command(words)
  }

  func testTheAnswerIsWhatTheProxyWouldDo() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let read = try deployment.token(scope: "api.read")
    let parts = read.split(separator: ".").map(String.init)
    let forged = "\(parts[0]).\(parts[1]).\(String(repeating: "A", count: parts[2].count))"
    let opaque = try deployment.token("app-uuid", scope: "api.read")
    let short = try deployment.token("app-short")
    try eventually(upTo: 10, until: "the token has expired") {
      try caller.get("/api/x", token: short).status == 401
    }
    for (method, path, token, reason) in [
      ("GET", "/api/x", read, nil), ("GET", "/api/x", opaque, nil),
      ("GET", "/open/x", nil, nil), ("GET", "/api/x", nil, "token.missing"),
      ("POST", "/api/x", read, "token.scope"), ("GET", "/api/x", short, "token.expired"),
      ("GET", "/api/x", forged, "token.signature"), ("GET", "/api/x", "x", "token.malformed"),
      ("GET", "/nowhere", nil, "route.none"), ("OPTIONS", "/api/x", nil, "route.method"),
      ("GET", "/api/%2fx", nil, "http.encoded_separator"),
    ] as [(String, String, String?, String?)] {
      let result = try check("\(method) \(path)", token: token, deployment, ["--json"])
      XCTAssertEqual(result.exitCode, reason == nil ? 0 : 1, "\(method) \(path) \(result.output)")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let outcome = try XCTUnwrap(object as? [String: Any])
      XCTAssertEqual((outcome["reason"] as? [String: Any])?["code"] as? String, reason, path)
      // The proxy itself does the same.
      let fields = token.map { [("Authorization", "Bearer \($0)")] } ?? []
      let status = try caller.send(method, path, fields: fields).status
      XCTAssertEqual(status, outcome["status"] as? Int ?? 200, "\(method) \(path)")
    }
  }

  func testItIsToldWhichRouteAndRuleDecide() throws {
    let deployment = try Deployment()
    let token = try deployment.token(scope: "api.read")
    let allowed = try check("GET /api/x", token: token, deployment)
    XCTAssertTrue(allowed.output.contains("proxy.routes[0], /api"), allowed.output)
    XCTAssertTrue(
      allowed.output.contains("a token for https://api.example with the scopes api.read"),
      allowed.output)
    let refused = try check("POST /api/x", token: token, deployment)
    XCTAssertTrue(refused.output.contains("token.scope: Scope missing"), refused.output)
    XCTAssertTrue(refused.output.contains("refused     authorize"), refused.output)
    XCTAssertEqual(
      refused.errors, "sallyport: the request would be refused with 403\n")
    XCTAssertFalse((allowed.output + deployment.log).contains(token))
    let revoked = try deployment.caller().post(
      "/oauth2/v1/revoke", form: [("token", token)], fields: [basic("app")])
    XCTAssertEqual(revoked.status, 200)
    XCTAssertTrue(
      try check("GET /api/x", token: token, deployment).output.contains("token.revoked"))
  }

  func testWhatIsNoRequestIsSaidToBeThat() throws {
    let deployment = try Deployment()
    for request in ["/api/x", "GET", "GET api", "GET /x HTTP/1.1", "GET /x\r\nHost: y"] {
      let result = try check(request, deployment)
      XCTAssertEqual(result.exitCode, 1, request)
      XCTAssertTrue(result.errors.contains("method and a path") || request.contains("\r"))
    }
    let missing = try deployment.command(
      ["check", "--request", "GET /x", "--token-file", "/nowhere/token"])
    XCTAssertTrue(missing.errors.contains("cannot read /nowhere/token: No such file"))
    try deployment.stop()
    XCTAssertEqual(try check("GET /x", deployment).exitCode, 1)
  }

  func testALiveCheckConnectsAndFindsEveryFaultAtOnce() throws {
    let upstream = try RecordingUpstream()
    let good = try Deployment(.proxying(to: upstream.port), start: false)
    let result = try good.command(["check", "--live"])
    XCTAssertEqual(result.exitCode, 0, result.errors)
    let plain = try good.command(["check"])
    XCTAssertEqual(plain.exitCode, 0, plain.errors)

    let proxy = """
      { upstreams: { app: { address: "http://127.0.0.1:1" },
                     tls: { address: "https://127.0.0.1:\(upstream.port)", connectTimeout: "1s" } },
        routes: [{ path: "/a/", upstream: "app", anonymous: true },
                 { path: "/b/", upstream: "tls", anonymous: true }] }
      """
    let bad = try Deployment(.standard.with("proxy", proxy), start: false)
    let faults = try bad.command(["check", "--live"])
    XCTAssertEqual(faults.exitCode, 1)
    XCTAssertTrue(faults.errors.contains("proxy.upstreams.app: cannot be reached"), faults.errors)
    XCTAssertTrue(faults.errors.contains("proxy.upstreams.tls: cannot be reached"), faults.errors)
    XCTAssertEqual(try bad.command(["check"]).exitCode, 0)
  }
}
