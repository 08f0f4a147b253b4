import Foundation
import Harness
import XCTest

/// What has expired leaves the store by itself, in small steps, and nothing else does.
final class SweepTests: XCTestCase {
  func testExpiredTokensLeaveTheFileAndLiveOnesStay() throws {
    let deployment = try Deployment(
      .standard.with(
        "clients",
        "["
          + DeploymentConfig.client("app-uuid", #"tokens: { format: "uuid" }"#)
          + DeploymentConfig.client(
            "app-brief", #"tokens: { format: "uuid", accessTokenLifetime: "1s" }"#) + "]"))
    let live = try deployment.token("app-uuid")
    for _ in 0..<20 { _ = try deployment.token("app-brief") }
    try eventually(until: "only the live token is left") { try tokens(in: deployment) == 1 }
    XCTAssertEqual(try deployment.caller().get("/api/x", token: live).status, 200)
  }

  func testASweepThatIsKilledLosesNothingAndGoesOn() throws {
    let deployment = try Deployment()
    let live = try deployment.token("app-uuid")
    try deployment.alter(
      """
      INSERT INTO record WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
      SELECT '', 'token', CAST(printf('%032d', i) AS BLOB), 1000000 + i, 1000 + i, x'7b7d' FROM n
      """)
    try eventually(until: "the sweep has begun") { try tokens(in: deployment) < 60_001 }
    try deployment.kill()
    let left = try tokens(in: deployment)
    XCTAssertGreaterThan(left, 1, "it was killed too late to show anything")
    try deployment.start()
    let caller = try deployment.caller()
    // Requests are answered all the time that it takes.
    try eventually(upTo: 30, until: "the rest is swept") {
      XCTAssertEqual(
        try caller.post("/oauth2/v1/token", form: Deployment.form("app-uuid")).status, 200)
      return try deployment.query(
        "SELECT count(*) FROM record WHERE kind = 'token' AND expires < 100000") == "0"
    }
    XCTAssertEqual(try caller.get("/api/x", token: live).status, 200)
    XCTAssertEqual(try deployment.query("PRAGMA integrity_check"), "ok")
  }

  private func tokens(in deployment: Deployment) throws -> Int {
    Int(try deployment.query("SELECT count(*) FROM record WHERE kind = 'token'")) ?? -1
  }
}
