import Foundation
import Harness
import XCTest

/// Why a request was answered as it was, asked by its id.
final class ExplainTests: XCTestCase {
  private func explain(_ answer: HTTPAnswer, of deployment: Deployment) throws -> [String: Any] {
    let id = try XCTUnwrap(answer["X-Request-Id"])
    let result = try deployment.command(["explain", id, "--json"])
    XCTAssertEqual(result.exitCode, 0, result.errors)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try XCTUnwrap(object as? [String: Any])
  }

  /// The steps as `step: outcome`.
  private func steps(_ decision: [String: Any]) -> [String] {
    (decision["steps"] as? [[String: String]] ?? []).map {
      "\($0["step"] ?? ""): \($0["outcome"] ?? "")"
    }
  }

  private func code(_ decision: [String: Any]) -> String? {
    (decision["reason"] as? [String: Any])?["code"] as? String
  }

  func testAWrongSecretIsToldWithItsTrueReasonAndWhatToDo() throws {
    let deployment = try Deployment()
    let answer = try deployment.caller().post(
      "/oauth2/v1/token", form: Deployment.form(secret: "wrong"))
    let decision = try explain(answer, of: deployment)
    XCTAssertEqual(decision["outcome"] as? String, "refused")
    XCTAssertEqual(decision["status"] as? Int, 401)
    XCTAssertEqual(code(decision), "client.secret_wrong")
    let notes = decision["notes"] as? [String: Any]
    XCTAssertEqual(notes?["client"] as? String, "app")
    XCTAssertEqual(notes?["detail"] as? String, "client \"app\" showed a wrong secret")
    XCTAssertEqual(
      steps(decision),
      [
        "read: passed", "form: passed", "client: refused", "grant: not reached",
        "scope: not reached", "sign: not reached", "store: not reached",
      ])
    let text = try deployment.command(["explain", try XCTUnwrap(answer["X-Request-Id"])])
    XCTAssertTrue(text.output.contains("client.secret_wrong: Wrong secret"), text.output)
    XCTAssertTrue(text.output.contains("rotate-secret"), text.output)
    XCTAssertTrue(text.output.contains("refused     client"), text.output)
  }

  func testEachRefusalOfTheProxyNamesTheCheckThatDecided() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let reading = try deployment.token(scope: "api.read")
    for (method, path, token, reason, step) in [
      ("GET", "/nowhere", nil, "route.none", "match: refused"),
      ("GET", "/api/x", nil, "token.missing", "authenticate: refused"),
      ("GET", "/api/x", "x.y.z", "token.malformed", "authenticate: refused"),
      ("POST", "/api/x", reading, "token.scope", "authorize: refused"),
      ("GET", "/a%00", nil, "http.encoded_separator", "read: refused"),
    ] as [(String, String, String?, String, String)] {
      let fields = token.map { [("Authorization", "Bearer \($0)")] } ?? []
      let decision = try explain(
        try caller.send(method, path, fields: fields), of: deployment)
      XCTAssertEqual(code(decision), reason, path)
      XCTAssertTrue(steps(decision).contains(step), "\(path): \(steps(decision))")
    }
  }

  func testWhatWentWellCanBeAskedToo() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let issued = try caller.post("/oauth2/v1/token", form: Deployment.form())
    let token = try issued.string("access_token")
    let decision = try explain(issued, of: deployment)
    XCTAssertEqual(decision["outcome"] as? String, "issued")
    XCTAssertNotNil((decision["notes"] as? [String: Any])?["jti"])
    let passed = try explain(try caller.get("/api/x?secret=1", token: token), of: deployment)
    XCTAssertEqual(passed["outcome"] as? String, "passed")
    XCTAssertEqual(passed["path"] as? String, "/api/x")
    let notes = passed["notes"] as? [String: Any]
    XCTAssertEqual(notes?["client"] as? String, "app")
    XCTAssertEqual(notes?["subject"] as? String, "app")
    XCTAssertEqual(notes?["route"] as? String, "proxy.routes[0]")
    XCTAssertTrue(steps(passed).allSatisfy { $0.hasSuffix(": passed") }, "\(steps(passed))")
    let open = try explain(try caller.send("GET", "/open/x"), of: deployment)
    XCTAssertTrue(steps(open).contains("authenticate: not asked"), "\(steps(open))")
  }

  func testSuccessesCannotPushARefusalOut() throws {
    let log = #"{ format: "json", decisions: { refused: 2, issued: 2, passed: 2 } }"#
    let deployment = try Deployment(.standard.with("log", log))
    let caller = try deployment.caller()
    let refused = try caller.post("/oauth2/v1/token", form: Deployment.form(secret: "wrong"))
    let first = try caller.send("GET", "/open/x")
    for _ in 0..<20 {
      XCTAssertEqual(try caller.send("GET", "/open/x").status, 200)
      XCTAssertEqual(try caller.post("/oauth2/v1/token", form: Deployment.form()).status, 200)
    }
    XCTAssertEqual(code(try explain(refused, of: deployment)), "client.secret_wrong")
    let gone = try deployment.command(["explain", try XCTUnwrap(first["X-Request-Id"])])
    XCTAssertEqual(gone.exitCode, 1)
    XCTAssertTrue(gone.errors.contains("newer ones took its place"), gone.errors)
    XCTAssertTrue(gone.errors.contains("1 refusals since 20"), gone.errors)
  }

  func testAnIdThatIsNotOursIsSaidToBeThat() throws {
    let deployment = try Deployment()
    let other = try deployment.command(["explain", "0123456789abcdef0123456789abcdef"])
    XCTAssertEqual(other.exitCode, 1)
    XCTAssertTrue(other.errors.contains("is not this process's"), other.errors)
    let none = try deployment.command(["explain", "hello"])
    XCTAssertEqual(none.exitCode, 1)
    XCTAssertTrue(none.errors.contains("\"hello\" is no request id"), none.errors)
  }

  func testTheLastRefusalsAreListedWithoutAnId() throws {
    let deployment = try Deployment()
    _ = try deployment.caller().send("GET", "/nowhere")
    let wrong = try deployment.caller().post(
      "/oauth2/v1/token", form: Deployment.form(secret: "wrong"))
    let lines = try deployment.command(["explain"]).output.split(separator: "\n")
    guard lines.count == 2 else { return XCTFail("\(lines)") }
    XCTAssertTrue(lines[0].contains(try XCTUnwrap(wrong["X-Request-Id"])), "\(lines)")
    XCTAssertTrue(lines[1].contains("route.none  GET /nowhere"), "\(lines)")
  }
}
