import Harness
import XCTest

/// Which answers the script of a strange web page may read: those of a short list, never more.
final class CrossOriginTests: XCTestCase {
  private static let open: Set<String> = [
    "/oauth2/v1/token", "/oauth2/v1/revoke", "/oauth2/v1/jwks",
    "/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource",
  ]
  private static let origin = ("Origin", "https://page.example")

  private func deployment() throws -> Deployment {
    try Deployment(
      .standard.with(
        "listeners",
        """
        [{ address: "127.0.0.1:0", serves: ["authorization-server", "proxy", "documentation"] }]
        """))
  }

  private func places(_ deployment: Deployment) throws -> [(HTTPCaller, Set<String>)] {
    try [try deployment.caller(), deployment.adminCaller()].map { caller in
      let document = try caller.send("GET", "/ui/swagger/doc.json").json
      return (caller, Set(Operation.all(in: document).filter(\.isHere).map(\.path)))
    }
  }

  private func assertCrossOrigin(
    _ answer: HTTPAnswer, _ isOpen: Bool, _ what: String, line: UInt = #line
  ) {
    XCTAssertEqual(
      answer["Access-Control-Allow-Origin"], isOpen ? "*" : nil, what, line: line)
    XCTAssertNil(answer["Access-Control-Allow-Credentials"], what, line: line)
    if !isOpen {
      let others = answer.fields.map { $0.name.lowercased() }
        .filter { $0.hasPrefix("access-control-") }
      XCTAssertEqual(others, [], what, line: line)
    }
  }

  func testEveryEndpointIsOpenOrClosedAsTheListSays() throws {
    let deployment = try deployment()
    var seen: Set<String> = []
    for (caller, paths) in try places(deployment) {
      for path in paths {
        seen.insert(path)
        for method in ["GET", "HEAD", "POST", "DELETE", "BREW"] {
          let answer = try caller.send(method, path, fields: [Self.origin])
          assertCrossOrigin(answer, Self.open.contains(path), "\(method) \(path)")
        }
      }
    }
    XCTAssertEqual(Self.open.subtracting(seen), [], "listed and not served")
    XCTAssertGreaterThan(seen.count, 15)
  }

  func testAPreflightIsAnsweredWhereTheRequestWouldBe() throws {
    let deployment = try deployment()
    for (caller, paths) in try places(deployment) {
      for path in paths {
        let isOpen = Self.open.contains(path)
        let answer = try caller.send(
          "OPTIONS", path,
          fields: [
            Self.origin, ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"),
          ])
        XCTAssertEqual(answer.status, 204, path)
        assertCrossOrigin(answer, isOpen, path)
        guard isOpen else { continue }
        let methods = answer["Access-Control-Allow-Methods"] ?? ""
        XCTAssertTrue(methods.contains(path.hasSuffix("/jwks") ? "GET" : "OPTIONS"), methods)
        let headers = answer["Access-Control-Allow-Headers"]?.lowercased() ?? ""
        for name in ["authorization", "content-type", "dpop"] {
          XCTAssertTrue(headers.contains(name), headers)
        }
        XCTAssertNotNil(answer["Access-Control-Max-Age"])
      }
    }
  }

  func testRefusalsCanBeReadAsWell() throws {
    let caller = try deployment().caller()
    let path = "/oauth2/v1/token"
    let wrong = try caller.post(path, form: Deployment.form(secret: "x"), fields: [Self.origin])
    XCTAssertEqual(wrong.status, 401)
    assertCrossOrigin(wrong, true, "wrong secret")
    let exposed = wrong["Access-Control-Expose-Headers"] ?? ""
    XCTAssertTrue(exposed.contains("WWW-Authenticate"), exposed)
    let long = try caller.send(
      "POST", path, fields: [Self.origin, ("Content-Length", "99999999")])
    XCTAssertEqual(long.status, 413)
    assertCrossOrigin(long, true, "too long")
  }

  func testNoOtherPathIsOpen() throws {
    let caller = try deployment().caller()
    for path in ["/nothing", "/api/x", "/", "/oauth2/v1/token/", "/.well-known/nothing"] {
      for method in ["GET", "OPTIONS"] {
        assertCrossOrigin(
          try caller.send(method, path, fields: [Self.origin]), false, "\(method) \(path)")
      }
    }
  }
}
