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

    let lock = try deployment.lockDatabase()
    let body = try notReady(caller, "storage")
    XCTAssertTrue(
      body.contains("\"reason\":\"health.no_answer\"") || body.contains("storage.busy"), body)
    XCTAssertFalse(body.contains("sallyport.db"), "a stranger learns no path: \(body)")
    // What needs no storage goes on.
    XCTAssertEqual(try caller.get("/api/x", token: signed).status, 200)
    // A probe that hangs holds up no other.
    for _ in 0..<50 { XCTAssertEqual(try caller.send("GET", "/health/ready").status, 503) }
    let refused = try caller.post("/oauth2/v1/token", form: Deployment.form("app-uuid"))
    XCTAssertEqual(refused.status, 503, refused.text)
    XCTAssertNotNil(refused["Retry-After"])

    lock.end()
    try assertReady(caller)
    XCTAssertEqual(
      try caller.post("/oauth2/v1/token", form: Deployment.form("app-uuid")).status, 200)
    XCTAssertTrue(
      deployment.log.contains("\"event\":\"health.ended\""), deployment.log)
    try eventually(until: "the log says that it is back") {
      deployment.log.contains("\"event\":\"health.restored\"")
    }
  }

  func testAReloadDoesNotMakeReadyWhatIsNot() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let lock = try deployment.lockDatabase()
    _ = try notReady(caller, "storage")
    deployment.process?.send(SIGHUP)
    try eventually(upTo: 10, until: "the reload") {
      XCTAssertEqual(try caller.send("GET", "/health/ready").status, 503)
      return !deployment.events("reloaded").isEmpty
    }
    let end = Date().addingTimeInterval(1.5)
    while Date() < end { XCTAssertEqual(try caller.send("GET", "/health/ready").status, 503) }
    XCTAssertEqual(deployment.events("health.restored"), [])
    lock.end()
    try assertReady(caller)
  }

  func testAKeyThatHasGoneFromStorageIsMissedAndNotReplaced() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let signed = try deployment.token()
    let before = try caller.send("GET", "/oauth2/v1/jwks").text
    try deployment.alter(
      "CREATE TABLE kept AS SELECT * FROM record WHERE kind = 'signing_key'")
    try deployment.alter("DELETE FROM record WHERE kind = 'signing_key'")
    let body = try notReady(caller, "keys")
    XCTAssertTrue(body.contains("\"reason\":\"key.vanished\""), body)
    // Nothing was made in its place, and what is in memory still serves.
    XCTAssertEqual(try caller.send("GET", "/oauth2/v1/jwks").text, before)
    XCTAssertEqual(try caller.get("/api/x", token: signed).status, 200)

    try deployment.alter("INSERT INTO record SELECT * FROM kept")
    try assertReady(caller)
    XCTAssertEqual(try caller.send("GET", "/oauth2/v1/jwks").text, before)
  }

  func testALostKeyIsReplacedWhenTheOperatorSaysSo() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let old = try deployment.token()
    try deployment.alter(
      "DELETE FROM record WHERE kind = 'signing_key' AND CAST(key AS TEXT) LIKE 'ES256%'")
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
    try deployment.alter(
      "CREATE TABLE kept AS SELECT * FROM record WHERE kind = 'signing_key'")
    // A record that is written anew has a new version, so the ring reads it again.
    try deployment.alter(

      "UPDATE record SET value = CAST('{}' AS BLOB), version = version + 1000 WHERE kind = 'signing_key'"
    )
    let body = try notReady(caller, "keys")
    XCTAssertTrue(body.contains("\"reason\":\"key.damaged\""), body)
    XCTAssertFalse(body.contains("detail"), body)
    let detailed = try deployment.adminCaller().send("GET", "/health/ready").text
    XCTAssertTrue(detailed.contains("ES256/0000000001"), detailed)

    try deployment.alter("DELETE FROM record WHERE kind = 'signing_key'")
    try deployment.alter("INSERT INTO record SELECT * FROM kept")
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
    try deployment.alter("ALTER TABLE record RENAME TO away")
    let body = try notReady(caller, "revocations", within: 15)
    XCTAssertTrue(body.contains("\"reason\":\"health.revocations_silent\""), body)
    try deployment.alter("ALTER TABLE away RENAME TO record")
    try assertReady(caller)
  }

  func testAStuckGrantIsNotReadyByNameUntilItReturns() throws {
    let deployment = try Deployment(start: false)
    let hold = deployment.folder.path("hold")
    try deployment.folder.write("hold", "")
    let grant = "urn:example:grant:greeting"
    let path = deployment.folder.path("greeting.so")
    try GrantInC.compile(
      [#"-DGRANT_TYPE="\#(grant)""#, #"-DWAITS_WHILE="\#(hold)""#], to: path)
    let client = DeploymentConfig.client("app").replacingOccurrences(
      of: "client_credentials", with: grant)
    try deployment.write(
      .standard.with("plugins", DeploymentConfig.plugins(grant: #"{ load: "./greeting.so" }"#))
        .with("clients", "[\(client)]"))
    try deployment.start()
    let caller = try deployment.caller()
    let form =
      [("grant_type", grant), ("greeting", "hello")]
      + Deployment.form().filter { $0.0 != "grant_type" }
    // They time out one after the other; nobody waits for them here.
    var waiting: [Connection] = []
    let text = HTTPCaller.encode(form)
    for _ in 0..<5 {
      let connection = try caller.connection(timeout: 30)
      try connection.send(
        "POST /oauth2/v1/token HTTP/1.1\r\nHost: x\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\n"
          + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
      waiting.append(connection)
    }
    let body = try notReady(caller, "plugins", within: 20)
    XCTAssertTrue(body.contains("\"reason\":\"plugin.unhealthy\""), body)
    for connection in waiting {
      XCTAssertGreaterThanOrEqual(try connection.receiveAnswer().status, 500)
    }
    XCTAssertTrue(
      try deployment.adminCaller().send("GET", "/health/ready").text.contains("grant-of-the-tests"))
    XCTAssertEqual(try caller.post("/oauth2/v1/token", form: form).status, 503)
    XCTAssertEqual(try caller.send("GET", "/open/x").status, 200)

    try FileManager.default.removeItem(atPath: hold)
    try assertReady(caller)
    XCTAssertEqual(try caller.post("/oauth2/v1/token", form: form).status, 200)
  }

  // MARK: - What breaks and looks

  private func assertReady(_ caller: HTTPCaller) throws {
    try eventually(until: "ready") { try caller.send("GET", "/health/ready").status == 200 }
  }

  /// Waits until a component is at fault; the answer's text.
  private func notReady(
    _ caller: HTTPCaller, _ component: String, within seconds: Double = 8
  ) throws -> String {
    var text = ""
    try eventually(upTo: seconds, until: "\(component) is not ready") {
      let answer = try caller.send("GET", "/health/ready")
      text = answer.text
      return answer.status == 503 && text.contains("\"component\":\"\(component)\"")
    }
    return text
  }
}
