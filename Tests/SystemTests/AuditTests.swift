import Foundation
import Harness
import XCTest

/// Who did what, in a stream of its own.
final class AuditTests: XCTestCase {
  private let config = DeploymentConfig.standard.with(
    "log", #"{ format: "json", audit: { file: "audit.log" } }"#)

  /// The events of the audit log so far.
  private func lines(_ deployment: Deployment, _ file: String = "audit.log") throws -> [[String:
    Any]]
  {
    try deployment.folder.read(file).split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try XCTUnwrap(object as? [String: Any], String(line))
    }
  }

  /// Waits for an event and returns it.
  private func event(_ name: String, in deployment: Deployment) throws -> [String: Any] {
    var found: [String: Any]?
    try eventually(upTo: 10, until: "audit event \(name)") {
      found = try self.lines(deployment).last { $0["event"] as? String == name }
      return found != nil
    }
    return try XCTUnwrap(found)
  }

  func testTokensAndRefusedClientsAreRecordedWithWhoAndWhich() throws {
    let deployment = try Deployment(config)
    let caller = try deployment.caller()
    let issued = try caller.post("/oauth2/v1/token", form: Deployment.form())
    let token = try issued.string("access_token")
    let entry = try event("audit.token.issued", in: deployment)
    XCTAssertEqual(entry["request_id"] as? String, issued["X-Request-Id"])
    XCTAssertEqual(entry["client"] as? String, "app")
    XCTAssertNotNil(entry["jti"])
    XCTAssertNotNil(entry["time"])
    _ = try caller.post("/oauth2/v1/token", form: Deployment.form(secret: "a-wrong-one"))
    let refused = try event("audit.client.authentication_failed", in: deployment)
    XCTAssertEqual(refused["reason"] as? String, "client.secret_wrong")
    XCTAssertEqual((refused["peer"] as? String)?.hasPrefix("127.0.0.1:"), true)
    _ = try caller.post(
      "/oauth2/v1/revoke", form: [("token", token)], fields: [basic("app")])
    let revoked = try event("audit.token.revoked", in: deployment)
    XCTAssertEqual(revoked["jti"] as? String, entry["jti"] as? String)
    let all = try deployment.folder.read("audit.log")
    for secret in [token, DeploymentConfig.secret, "a-wrong-one"] {
      XCTAssertFalse(all.contains(secret))
    }
  }

  func testWhatAdministratorsDoIsRecordedByTheirUserID() throws {
    let deployment = try Deployment(config)
    let created = try deployment.command(
      ["client", "create", "new", "--grant-type", "client_credentials", "--json"])
    XCTAssertEqual(created.exitCode, 0, created.errors)
    let entry = try event("audit.client.created", in: deployment)
    XCTAssertEqual(entry["target"] as? String, "new")
    XCTAssertEqual(entry["peer"] as? String, "unix:\(getuid())")
    _ = try deployment.command(["client", "rotate-secret", "new"])
    _ = try event("audit.client.secret_rotated", in: deployment)
    _ = try deployment.command(["client", "delete", "new"])
    _ = try event("audit.client.deleted", in: deployment)
    _ = try deployment.command(["key", "rotate"])
    _ = try event("audit.keys.rotated", in: deployment)
    let secret = try XCTUnwrap(
      (try JSONSerialization.jsonObject(with: Data(created.output.utf8)) as? [String: Any])?[
        "secret"] as? String)
    XCTAssertFalse(try deployment.folder.read("audit.log").contains(secret))
  }

  func testTheFileIsOpenedAnewAtAReload() throws {
    let deployment = try Deployment(config)
    _ = try event("audit.process.started", in: deployment)
    let file = deployment.folder.path("audit.log")
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
    try FileManager.default.moveItem(atPath: file, toPath: file + ".1")
    deployment.process?.send(SIGHUP)
    try eventually(upTo: 10, until: "a new audit log") {
      FileManager.default.fileExists(atPath: file)
    }
    _ = try event("audit.config.reloaded", in: deployment)
    _ = try deployment.token()
    _ = try event("audit.token.issued", in: deployment)
    XCTAssertFalse(try deployment.folder.read("audit.log.1").contains("audit.token.issued"))
    try deployment.stop()
    _ = try event("audit.process.ended", in: deployment)
  }

  func testAFileThatCannotBeWrittenEndsTheStart() throws {
    let log = #"{ format: "json", audit: { file: "nowhere/audit.log" } }"#
    let result = try Deployment(.standard.with("log", log), start: false).refusal()
    XCTAssertEqual(result.exitCode, 1)
    XCTAssertTrue(result.errors.contains("log.audit: cannot append to "), result.errors)
    XCTAssertTrue(result.errors.contains("nowhere/audit.log: No such file"), result.errors)
  }

  func testWithoutAFileItGoesToStandardError() throws {
    let deployment = try Deployment(.standard.with("log", #"{ format: "json", audit: {} }"#))
    _ = try deployment.token()
    try eventually(upTo: 10, until: "the event") {
      !deployment.events("audit.token.issued").isEmpty
    }
  }

  func testAFullDiskHoldsUpNoRequest() throws {
    let log = #"{ format: "json", audit: { file: "/dev/full" } }"#
    let deployment = try Deployment(.standard.with("log", log))
    for _ in 0..<20 { _ = try deployment.token() }
    try eventually(upTo: 10, until: "the complaint") { !deployment.events("audit.failed").isEmpty }
    XCTAssertEqual(deployment.events("audit.failed").count, 1)
    XCTAssertEqual(try deployment.stop(), 0)
  }
}
