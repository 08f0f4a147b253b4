import Foundation
import Harness
import XCTest

/// Ready means ready: each part is broken under the running program, and mended again.
final class ReadinessTests: XCTestCase {
  func testALockedDatabaseIsNotReadyUntilItIsLetGo() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let signed = try deployment.token()
    try assertReady(caller)

    let lock = try hold(deployment, "BEGIN EXCLUSIVE")
    let body = try notReady(caller, "storage")
    XCTAssertTrue(body.contains("\"reason\":\"health.no_answer\"") || body.contains("storage.busy"), body)
    XCTAssertFalse(body.contains("sallyport.db"), "a stranger learns no path: \(body)")
    // What needs no storage goes on.
    XCTAssertEqual(try caller.get("/api/x", token: signed).status, 200)
    // A probe that hangs holds up no other.
    for _ in 0..<50 { XCTAssertEqual(try caller.get("/health/ready").status, 503) }
    let refused = try caller.tokenRequest(client: "app-uuid")
    XCTAssertEqual(refused.status, 503, refused.text)
    XCTAssertNotNil(refused["Retry-After"])

    lock.end()
    try assertReady(caller)
    XCTAssertEqual(try caller.tokenRequest(client: "app-uuid").status, 200)
    XCTAssertTrue(
      deployment.log.contains("\"event\":\"health.not_ready\""), deployment.log)
    try eventually(until: "the log says that it is back") {
      deployment.log.contains("\"event\":\"health.ready\"")
    }
  }

  func testAKeyThatHasGoneFromStorageIsMissedAndNotReplaced() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let signed = try deployment.token()
    let before = try caller.get("/oauth2/v1/jwks").text
    try alter(
      deployment, "CREATE TABLE kept AS SELECT * FROM record WHERE kind = 'signing_key'")
    try alter(deployment, "DELETE FROM record WHERE kind = 'signing_key'")
    let body = try notReady(caller, "keys")
    XCTAssertTrue(body.contains("\"reason\":\"key.vanished\""), body)
    // Nothing was made in its place, and what is in memory still serves.
    XCTAssertEqual(try caller.get("/oauth2/v1/jwks").text, before)
    XCTAssertEqual(try caller.get("/api/x", token: signed).status, 200)

    try alter(deployment, "INSERT INTO record SELECT * FROM kept")
    try assertReady(caller)
    XCTAssertEqual(try caller.get("/oauth2/v1/jwks").text, before)
  }

  func testALostKeyIsReplacedWhenTheOperatorSaysSo() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let old = try deployment.token()
    try alter(deployment, "DELETE FROM record WHERE kind = 'signing_key' AND key LIKE 'ES256%'")
    _ = try notReady(caller, "keys")
    let rotated = try deployment.command(["key", "rotate", "--algorithm", "ES256"])
    XCTAssertEqual(rotated.exitCode, 0, rotated.errors)
    try assertReady(caller)
    XCTAssertEqual(try caller.get("/api/x", token: old).status, 401)
    XCTAssertEqual(try caller.get("/api/x", token: try deployment.token()).status, 200)
  }

  func testADamagedKeyRecordIsNotReadyWithItsNameOnTheAdminSocket() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    try alter(
      deployment, "CREATE TABLE kept AS SELECT * FROM record WHERE kind = 'signing_key'")
    // A record that is written anew has a new version, so the ring reads it again.
    try alter(
      deployment,
      "UPDATE record SET value = CAST('{}' AS BLOB), version = version + 1000 WHERE kind = 'signing_key'")
    let body = try notReady(caller, "keys")
    XCTAssertTrue(body.contains("\"reason\":\"key.damaged\""), body)
    XCTAssertFalse(body.contains("detail"), body)
    let detailed = try deployment.admin("GET", "/health/ready")
    XCTAssertTrue(detailed.contains("ES256/0000000001"), detailed)

    try alter(deployment, "DELETE FROM record WHERE kind = 'signing_key'")
    try alter(deployment, "INSERT INTO record SELECT * FROM kept")
    try assertReady(caller)
  }

  func testARemovedDatabaseFileIsNotReadyUntilItIsBack() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let path = deployment.folder.path("state/sallyport.db")
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    let body = try notReady(caller, "storage")
    XCTAssertTrue(body.contains("\"reason\":\"storage.unavailable\""), body)
    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    try assertReady(caller)
  }

  func testASilentFeedIsNotReadyAndComesBack() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    try alter(deployment, "ALTER TABLE record RENAME TO away")
    let body = try notReady(caller, "revocations", within: 15)
    XCTAssertTrue(body.contains("\"reason\":\"health.revocations_silent\""), body)
    try alter(deployment, "ALTER TABLE away RENAME TO record")
    try assertReady(caller)
  }

  // MARK: - What breaks and looks

  private func assertReady(_ caller: HTTPCaller) throws {
    try eventually(until: "ready") { try caller.get("/health/ready").status == 200 }
  }

  /// Waits until a component is at fault; the answer's text.
  private func notReady(
    _ caller: HTTPCaller, _ component: String, within seconds: Double = 8
  ) throws -> String {
    var text = ""
    try eventually(within: seconds, until: "\(component) is not ready") {
      let answer = try caller.get("/health/ready")
      text = answer.text
      return answer.status == 503 && text.contains("\"component\":\"\(component)\"")
    }
    return text
  }
}
