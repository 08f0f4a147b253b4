import Foundation
import Harness
import XCTest

/// While nobody can say whether a token is good, the answer is 503, not that it is bad.
final class StorageOutageTests: XCTestCase {
  func testAnOpaqueTokenIsNotRefusedWhileStorageIsOut() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let opaque = try deployment.token("app-uuid")
    let signed = try deployment.token()
    XCTAssertEqual(try caller.get("/api/x", token: opaque).status, 200)

    try deployment.alter("ALTER TABLE record RENAME TO away")
    var answer = try caller.get("/api/x", token: opaque)
    // What storage said is believed for a second after revocations have ceased to arrive.
    try eventually(until: "storage is asked again") {
      answer = try caller.get("/api/x", token: opaque)
      return answer.status != 200
    }
    XCTAssertEqual(answer.status, 503, answer.text)
    XCTAssertNil(answer["WWW-Authenticate"])
    XCTAssertNotNil(answer["Retry-After"])
    XCTAssertEqual(try caller.get("/api/x", token: signed).status, 200)
    let id = try XCTUnwrap(answer["X-Request-Id"])
    try eventually(until: "the log says why") {
      deployment.log.split(separator: "\n").contains {
        $0.contains(id) && $0.contains("\"reason\":\"storage.unavailable\"")
      }
    }

    try deployment.alter("ALTER TABLE away RENAME TO record")
    try eventually(until: "storage is back") {
      try caller.get("/api/x", token: opaque).status == 200
    }
  }
}
