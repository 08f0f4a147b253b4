import Foundation
import Harness
import XCTest

/// Every limit of docs/limits.md, crossed from outside; just below it all is well.
final class LimitTests: XCTestCase {
  private func deployment(_ limits: String) throws -> Deployment {
    try Deployment(.standard.with("limits", "{ \(limits) }"))
  }

  /// The status of a raw request, and whether the connection closed after it.
  private func status(_ deployment: Deployment, _ text: String) throws -> Int {
    let connection = try Connection(port: try deployment.port())
    try connection.send(text)
    return try connection.receiveAnswer().status
  }

  private func get(_ target: String = "/health/live", fields: String = "") -> String {
    "GET \(target) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"
  }

  private func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

  func testALongTargetIs414() throws {
    let deployment = try deployment(#"targetBytes: "1000B""#)
    XCTAssertEqual(try status(deployment, get("/health/live?" + letters(980))), 200)
    XCTAssertEqual(try status(deployment, get("/health/live?" + letters(1001))), 414)
  }

  func testALongHeadIs431() throws {
    let deployment = try deployment(#"headBytes: "4KiB", fieldBytes: "2KiB", targetBytes: "1KiB""#)
    let field = "A: \(letters(1500))\r\n"
    XCTAssertEqual(try status(deployment, get(fields: field + field)), 200)
    XCTAssertEqual(try status(deployment, get(fields: field + field + field)), 431)
    XCTAssertEqual(try status(deployment, get(fields: "A: \(letters(2100))\r\n")), 431)
  }

  func testManyFieldsAre431() throws {
    let deployment = try deployment("fieldCount: 10")
    XCTAssertEqual(
      try status(deployment, get(fields: String(repeating: "A: b\r\n", count: 9))), 200)
    XCTAssertEqual(
      try status(deployment, get(fields: String(repeating: "A: b\r\n", count: 10))), 431)
  }

  func testALongFormIs413() throws {
    let deployment = try deployment(#"bodyBytes: "1000B""#)
    let post = { (count: Int) in
      try deployment.caller().post(
        "/oauth2/v1/token", form: Deployment.form() + [("x", self.letters(count))])
    }
    XCTAssertEqual(try post(500).status, 200)
    XCTAssertEqual(try post(1001).status, 413)
  }

  func testALongStreamIs413() throws {
    let deployment = try deployment(#"streamedBodyBytes: "1000B""#)
    let fields = [("Authorization", "Bearer \(try deployment.token(scope: "api.write"))")]
    let caller = try deployment.caller()
    XCTAssertEqual(
      try caller.send("POST", "/api/x", fields: fields, body: letters(1000)).status, 200)
    XCTAssertEqual(
      try caller.send("POST", "/api/x", fields: fields, body: letters(1001)).status, 413)
  }

  func testASlowHeadIs408() throws {
    let deployment = try deployment(#"headTimeout: "300ms""#)
    XCTAssertEqual(try status(deployment, "GET /health/live HTTP/1.1\r\nHost: x\r\n"), 408)
  }

  func testASlowBodyIs408() throws {
    let deployment = try deployment(#"bodyTimeout: "300ms""#)
    let head = "POST /oauth2/v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
    let type = "Content-Type: application/x-www-form-urlencoded\r\n\r\nhalf"
    XCTAssertEqual(try status(deployment, head + type), 408)
  }

  func testAnIdleConnectionIsClosed() throws {
    let deployment = try deployment(#"idleTimeout: "300ms""#)
    let connection = try Connection(port: try deployment.port())
    try connection.send(get())
    XCTAssertEqual(try connection.receiveAnswer().status, 200)
    XCTAssertEqual(try connection.receiveAll(), [])
    let silent = try Connection(port: try deployment.port())
    XCTAssertEqual(try silent.receiveAll(), [])
  }

  func testTheLastRequestOfAConnectionSaysSo() throws {
    let deployment = try deployment("requestsPerConnection: 3")
    let connection = try Connection(port: try deployment.port())
    for number in 1...3 {
      try connection.send(get())
      let answer = try connection.receiveAnswer()
      XCTAssertEqual(answer["Connection"]?.lowercased() == "close", number == 3)
    }
    XCTAssertEqual(try connection.receiveAll(), [])
  }

  func testTooManyConnectionsAre503() throws {
    let deployment = try deployment("connections: 8")
    let port = try deployment.port()
    var held: [Connection] = []
    var refused = 0
    for _ in 0..<16 {
      let connection = try Connection(port: port)
      try connection.send(get())
      let status = try connection.receiveAnswer().status
      XCTAssertTrue([200, 503].contains(status))
      refused += status == 503 ? 1 : 0
      held.append(connection)
    }
    XCTAssertGreaterThanOrEqual(refused, 8)
    held.removeAll()
    try eventually(until: "there is room again") { try status(deployment, get()) == 200 }
  }

  func testAReaderWhoStallsIsCutOff() throws {
    let body = String(repeating: "x", count: 32 << 20)
    let upstream = try RecordingUpstream { _ in RecordingUpstream.ok(body) }
    let deployment = try Deployment(
      .proxying(to: upstream.port).with("limits", #"{ stallTimeout: "300ms" }"#))
    let connection = try Connection(port: try deployment.port())
    try connection.send(get("/open/x"))
    _ = try connection.receive(through: "\r\n\r\n")
    try eventually(until: "the log has the request") { deployment.log.contains("/open/x") }
    XCTAssertThrowsError(try connection.receive(count: body.utf8.count))
  }
}
