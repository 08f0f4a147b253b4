import Foundation
import Harness
import Synchronization
import XCTest

/// What was acknowledged outlives the process, however that ends.
final class DurabilityTests: XCTestCase {
  private func keyIDs(_ deployment: Deployment) throws -> [String] {
    let keys = try deployment.caller().send("GET", "/oauth2/v1/jwks").json["keys"]
    return (keys as? [[String: Any]] ?? []).compactMap { $0["kid"] as? String }.sorted()
  }

  func testKeysAndTokensOutliveARestart() throws {
    let deployment = try Deployment()
    let before = try keyIDs(deployment)
    let tokens = [try deployment.token(), try deployment.token("app-rs256")]
    XCTAssertEqual(try deployment.stop(), 0)
    try deployment.start()
    XCTAssertEqual(try keyIDs(deployment), before)
    for token in tokens {
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    }
  }

  func testAMissingMasterKeyRefusesToStartAndMakesNoNewOne() throws {
    let deployment = try Deployment()
    let before = try keyIDs(deployment)
    try deployment.stop()
    let key = deployment.folder.path("master.key")
    let kept = try Data(contentsOf: URL(fileURLWithPath: key))
    try FileManager.default.removeItem(atPath: key)
    let missing = try deployment.refusal()
    XCTAssertNotEqual(missing.exitCode, 0)
    XCTAssertTrue(missing.errors.contains("master.key"), missing.errors)
    XCTAssertFalse(deployment.folder.exists("master.key"))

    try deployment.folder.write("master.key", (0..<32).map { _ in UInt8.random(in: 0...255) })
    let wrong = try deployment.refusal()
    XCTAssertNotEqual(wrong.exitCode, 0)
    XCTAssertTrue(wrong.errors.contains("master"), wrong.errors)

    try deployment.folder.write("master.key", [UInt8](kept))
    try deployment.start()
    XCTAssertEqual(try keyIDs(deployment), before)
  }

  func testPrivateKeysLieSealed() throws {
    let deployment = try Deployment()
    _ = try deployment.token()
    try deployment.stop()
    let names = try XCTUnwrap(FileManager.default.subpaths(atPath: deployment.folder.path("state")))
    for name in names {
      let path = deployment.folder.path("state/\(name)")
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let mode = (attributes[.posixPermissions] as? Int ?? 0) & 0o077
      XCTAssertEqual(mode, 0, "\(name) is open to others")
      // Folders have no bytes to look at.
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { continue }
      for word in ["PRIVATE KEY", "\"d\":"] {
        XCTAssertNil(bytes.range(of: Data(word.utf8)), name)
      }
    }
  }

  func testTwoProcessesDoNotShareAStore() throws {
    let deployment = try Deployment()
    let second = try execute(
      Program.sallyport, ["serve", "--config", deployment.folder.path("sallyport.json5")],
      in: deployment.folder.root)
    XCTAssertNotEqual(second.exitCode, 0)
    XCTAssertEqual(
      try deployment.caller().get("/api/x", token: try deployment.token()).status, 200)
  }

  func testNoAcknowledgedTokenIsLostWhenTheProcessIsKilled() throws {
    let deployment = try Deployment()
    let journal = Journal()
    for round in 1...20 {
      let port = try deployment.port()
      let load = Load(threads: 4) { _ in
        let connection = try Connection(port: port, timeout: 5)
        let caller = HTTPCaller(port: port)
        let form = HTTPCaller.encode(Deployment.form("app-uuid"))
        return {
          let answer = try caller.send(
            on: connection, "POST", "/oauth2/v1/token",
            fields: [("Content-Type", "application/x-www-form-urlencoded")], body: form)
          journal.note(try answer.string("access_token"))
        }
      }
      try eventually(upTo: 20, until: "round \(round) acknowledged tokens") {
        journal.waiting >= 10
      }
      try deployment.kill()
      try load.stop()
      try deployment.start()
      let caller = try deployment.caller()
      let connection = try Connection(port: caller.port)
      for token in journal.take() {
        let answer = try caller.send(
          on: connection, "GET", "/api/x", fields: [("Authorization", "Bearer \(token)")])
        XCTAssertEqual(answer.status, 200, "lost in round \(round)")
      }
    }
    XCTAssertGreaterThanOrEqual(journal.total, 200)
  }
}

/// The tokens that a client was told it has.
private final class Journal: Sendable {
  private struct State {
    var fresh: [String] = []
    var total = 0
  }
  private let state = Mutex(State())

  func note(_ token: String) {
    state.withLock {
      $0.fresh.append(token)
      $0.total += 1
    }
  }

  var waiting: Int { state.withLock { $0.fresh.count } }

  var total: Int { state.withLock { $0.total } }

  func take() -> [String] {
    state.withLock { state in
      defer { state.fresh = [] }
      return state.fresh
    }
  }
}
