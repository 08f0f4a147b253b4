import Foundation
import Harness
import XCTest

/// Tokens that say nothing and are looked up: a UUID, `_` and 128 further bits.
final class OpaqueTokenTests: XCTestCase {
  private let form =
    #"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}_[A-Za-z0-9_-]{22}$"#

  func testAnOpaqueTokenHasItsFormAndGetsThrough() throws {
    let deployment = try Deployment()
    let token = try deployment.token("app-uuid")
    XCTAssertNotNil(token.range(of: form, options: .regularExpression), token)
    let answer = try deployment.caller().get("/api/x", token: token)
    XCTAssertEqual(answer.status, 200, answer.text)
  }

  func testABareUUIDIsATokenWhereTheConfigAsksForIt() throws {
    let deployment = try Deployment(.standard.with("tokens", #"{ uuid: "bare" }"#))
    let token = try deployment.token("app-uuid")
    XCTAssertEqual(token.count, 36)
    XCTAssertNotNil(UUID(uuidString: token), token)
    XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    for wrong in [UUID().uuidString.lowercased(), token.uppercased(), token + "A"] {
      assertChallenge(
        try deployment.caller().get("/api/x", token: wrong), 401, error: "invalid_token", wrong)
    }
    // Whoever takes the option back refuses such tokens at once.
    try deployment.write(.standard)
    deployment.process?.send(SIGHUP)
    try eventually(until: "the bare token is refused") {
      try deployment.caller().get("/api/x", token: token).status == 401
    }
  }

  func testAnOpaqueTokenThatOnlyLooksRightIsRefused() throws {
    let deployment = try Deployment()
    let token = try deployment.token("app-uuid")
    let parts = token.split(separator: "_", maxSplits: 1).map(String.init)
    var last = Array(token)
    last[40] = last[40] == "A" ? "B" : "A"
    let wrong = [
      parts[0], parts[1], "\(parts[0])_", String(last), token.uppercased(), token + "A",
      "5f0c7e6e-8d0a-4c49-9d0e-2f0a9c1b7e3d_\(parts[1])",
    ]
    for token in wrong {
      assertChallenge(
        try deployment.caller().get("/api/x", token: token), 401, error: "invalid_token", token)
    }
  }

  func testAnOpaqueTokenIsBoundToItsScope() throws {
    let deployment = try Deployment()
    let token = try deployment.token("app-uuid", scope: "api.write")
    assertChallenge(
      try deployment.caller().get("/api/x", token: token), 403, error: "insufficient_scope")
  }

  func testOpaqueTokensSurviveARestart() throws {
    let deployment = try Deployment()
    let tokens = try (0..<5).map { _ in try deployment.token("app-uuid") }
    XCTAssertEqual(try deployment.stop(), 0)
    try deployment.start()
    for token in tokens {
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    }
  }

  func testTheTokenItselfIsNotStored() throws {
    let deployment = try Deployment()
    let token = try deployment.token("app-uuid")
    XCTAssertEqual(try deployment.stop(), 0)
    let files = try XCTUnwrap(FileManager.default.subpaths(atPath: deployment.folder.path("state")))
    XCTAssertFalse(files.isEmpty)
    for file in files {
      let url = URL(fileURLWithPath: deployment.folder.path("state/\(file)"))
      // A folder or a socket has no bytes to look at.
      guard let bytes = try? Data(contentsOf: url) else { continue }
      for part in [token, String(token.prefix(36)), String(token.suffix(22))] {
        XCTAssertNil(bytes.range(of: Data(part.utf8)), file)
      }
      XCTAssertNil(bytes.range(of: Data(DeploymentConfig.secret.utf8)), file)
    }
  }
}
