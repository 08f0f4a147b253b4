import Foundation
import Harness
import Synchronization
import XCTest

/// What happens between the proxy and services that answer, late or never.
///
/// `UpstreamFaultTests` has those that answer wrongly.
final class UpstreamTests: XCTestCase {
  private let quick = #"connectTimeout: "1s", responseTimeout: "1s""#

  private func answer(
    options: String = "", _ handle: @escaping @Sendable (Connection) throws -> Void
  ) throws -> HTTPAnswer {
    let server = try RawServer(handle)
    defer { server.stop() }
    let deployment = try Deployment(.proxying(to: server.port, options: options))
    return try deployment.caller().get("/api/x", token: try deployment.token())
  }

  func testAnUpstreamThatIsNotThereIsABadGateway() throws {
    let gone = try RawServer { _ in }
    let port = gone.port
    gone.stop()
    let deployment = try Deployment(.proxying(to: port))
    let answer = try deployment.caller().get("/api/x", token: try deployment.token())
    XCTAssertEqual(answer.status, 502, answer.text)
    XCTAssertNotNil(answer["X-Request-Id"])
  }

  func testAnUpstreamThatSaysNothingIsAGatewayTimeout() throws {
    let answer = try answer(options: quick) { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      _ = try connection.receiveAll()
    }
    XCTAssertEqual(answer.status, 504, answer.text)
  }

  func testAnUpstreamThatHangsUpIsABadGateway() throws {
    let answer = try answer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      connection.reset()
    }
    XCTAssertEqual(answer.status, 502, answer.text)
  }

  func testABodyOfManyChunksArrivesWhole() throws {
    let answer = try answer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      for number in 0..<200 { try connection.send("3\r\n\(100 + number)\r\n") }
      try connection.send("0\r\n\r\n")
    }
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(answer.text, (0..<200).map { "\(100 + $0)" }.joined())
  }

  func testABodyThatEndsEarlyIsNotPassedOffAsWhole() throws {
    XCTAssertThrowsError(
      try answer { connection in
        _ = try connection.receive(through: "\r\n\r\n")
        try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
      })
  }

  func testAnUploadStreamsThroughByteForByte() throws {
    let upstream = try RecordingUpstream { RecordingUpstream.ok("\($0.body.count)") }
    let deployment = try Deployment(.proxying(to: upstream.port))
    let token = try deployment.token(scope: "api.write")
    let body = String(repeating: "0123456789abcdef", count: 65_536)
    let fields = [("Authorization", "Bearer \(token)")]
    let answer = try deployment.caller().send("POST", "/api/up", fields: fields, body: body)
    XCTAssertEqual(answer.text, "\(body.utf8.count)")
    XCTAssertEqual(upstream.received.first?.body, Array(body.utf8))
  }

  func testConnectionsToTheUpstreamAreKeptAndReused() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    let token = try deployment.token()
    for _ in 0..<20 {
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    }
    XCTAssertEqual(upstream.received.count, 20)
    XCTAssertLessThanOrEqual(upstream.server.connections, 4)
  }

  func testAPooledConnectionThatDiedMeanwhileCostsNobodyARequest() throws {
    // Answers once per connection, promises to keep it, and hangs up.
    let server = try RawServer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      try connection.send(RecordingUpstream.ok("once"))
    }
    let deployment = try Deployment(.proxying(to: server.port))
    let token = try deployment.token()
    for _ in 0..<30 {
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    }
  }

  func testHeadBringsTheFieldsAndNoBody() throws {
    let upstream = try RecordingUpstream { request in
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + (request.method == "HEAD" ? "" : "hello")
    }
    let deployment = try Deployment(.proxying(to: upstream.port))
    let fields = [("Authorization", "Bearer \(try deployment.token())")]
    let connection = try Connection(port: try deployment.port())
    let caller = try deployment.caller()
    let head = try caller.send(on: connection, "HEAD", "/api/x", fields: fields)
    XCTAssertEqual(head["Content-Length"], "5")
    let get = try caller.send(on: connection, "GET", "/api/x", fields: fields)
    XCTAssertEqual(get.text, "hello")
  }
}
