import Foundation
import Harness
import XCTest

/// What goes on by the word of a token ends when the token is revoked.
final class OpenStreamTests: XCTestCase {
  /// Sends events without end, until nobody takes them.
  private func ticker() throws -> RawServer {
    try RawServer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      try connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
      while true {
        try connection.send("6\r\ntick\n\n\r\n")
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  private func open(_ port: UInt16, _ token: String) throws -> Connection {
    let connection = try Connection(port: port, timeout: 5)
    try connection.send(
      "GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n")
    let head = String(decoding: try connection.receive(through: "\r\n\r\n"), as: UTF8.self)
    XCTAssertTrue(head.hasPrefix("HTTP/1.1 200"), head)
    return connection
  }

  /// What comes until the other side closes, which it must do by then.
  private func rest(of connection: Connection, until end: Date) throws -> String {
    var bytes: [UInt8] = []
    while Date() < end {
      let more = try connection.receive()
      if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += more
    }
    throw Problem("the stream goes on")
  }

  func testAStreamIsCutAndOthersGoOn() throws {
    let server = try ticker()
    let deployment = try Deployment(.proxying(to: server.port))
    for client in ["app", "app-uuid"] {
      let tokens = try (0..<2).map { _ in try deployment.token(client) }
      let revoked = try (0..<4).map { _ in try open(deployment.port(), tokens[0]) }
      let kept = try (0..<4).map { _ in try open(deployment.port(), tokens[1]) }
      XCTAssertEqual(try deployment.caller().revoke(tokens[0], as: client).status, 200)
      let begin = Date()
      for connection in revoked {
        let rest = try rest(of: connection, until: begin.addingTimeInterval(3))
        XCTAssertFalse(rest.hasSuffix("\r\n0\r\n\r\n"), "the client sees that it is not the end")
      }
      XCTAssertLessThan(Date().timeIntervalSince(begin), 2)
      for connection in kept { XCTAssertFalse(try connection.receive().isEmpty) }
    }
    try eventually(until: "the log says why") {
      deployment.log.contains(#""reason":"token.revoked""#)
    }
  }

  func testWhatHasNoAnswerYetIsRefused() throws {
    let server = try RawServer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      // No answer, until the proxy gives up.
      _ = try connection.receiveAll()
    }
    let deployment = try Deployment(.proxying(to: server.port))
    let token = try deployment.token()
    let connection = try Connection(port: try deployment.port(), timeout: 5)
    try connection.send(
      "GET /api/slow HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n")
    try eventually(until: "the upstream has the request") { server.connections == 1 }
    XCTAssertEqual(try deployment.caller().revoke(token).status, 200)
    let answer = try connection.receiveAnswer()
    XCTAssertEqual(answer.status, 401)
    XCTAssertTrue(answer["WWW-Authenticate"]?.contains("invalid_token") ?? false)
  }

  func testAFinishedRequestOfARevokedTokenHarmsNoLaterOneOnItsConnection() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let connection = try Connection(port: try deployment.port(), timeout: 5)
    for _ in 0..<3 {
      let (first, second) = (try deployment.token(), try deployment.token())
      let get = { (token: String) in
        try caller.send(
          on: connection, "GET", "/api/x", fields: [("Authorization", "Bearer \(token)")]
        ).status
      }
      XCTAssertEqual(try get(first), 200)
      XCTAssertEqual(try caller.revoke(first).status, 200)
      let end = Date().addingTimeInterval(0.8)
      while Date() < end { XCTAssertEqual(try get(second), 200) }
    }
  }
}
