import Diagnostics
import HTTPServer
import SocketSupport
import XCTest

/// Every limit of the server, crossed.
final class LimitsTests: XCTestCase {
  private let get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n"

  private func server(
    _ endpoints: [any Endpoint] = [EchoEndpoint()], _ change: (inout Limits) -> Void
  ) throws -> RunningServer {
    var limits = Limits()
    change(&limits)
    return try RunningServer(endpoints, limits: limits)
  }

  private func assert(
    _ text: String, gets status: Int, from server: RunningServer, line: UInt = #line
  ) throws {
    let client = try RawClient(server.address)
    client.send(text)
    XCTAssertEqual(try client.answer().status, status, line: line)
    XCTAssertTrue(client.isClosed, line: line)
  }

  func testHeadBytes() throws {
    let server = try server {
      $0.headBytes = 300
      $0.fieldBytes = 300
    }
    defer { server.stop() }
    let long = String(repeating: "a", count: 290)
    try assert("GET /echo HTTP/1.1\r\nHost: x\r\nA: \(long)\r\n\r\n", gets: 431, from: server)
  }

  func testAHeadOfExactlyTheBufferIsRefusedAndNotWaitedFor() throws {
    let server = try server { $0.fieldBytes = 40_000 }
    defer { server.stop() }
    let head = "GET /echo HTTP/1.1\r\nHost: x\r\nA: "
    try assert(
      head + String(repeating: "a", count: 32_768 - head.utf8.count), gets: 431, from: server)
  }

  func testTargetBytes() throws {
    let server = try server { $0.targetBytes = 20 }
    defer { server.stop() }
    let long = String(repeating: "a", count: 20)
    try assert("GET /\(long) HTTP/1.1\r\nHost: x\r\n\r\n", gets: 414, from: server)
  }

  func testFieldBytesAndFieldCount() throws {
    let server = try server {
      $0.fieldBytes = 50
      $0.fieldCount = 3
    }
    defer { server.stop() }
    let long = String(repeating: "a", count: 50)
    try assert("GET /echo HTTP/1.1\r\nHost: x\r\nA: \(long)\r\n\r\n", gets: 431, from: server)
    try assert(
      "GET /echo HTTP/1.1\r\nHost: x\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", gets: 431, from: server)
  }

  func testBodyBytesOfTheEndpointAndOfTheServer() throws {
    let server = try server { _ in }
    defer { server.stop() }
    try assert(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", gets: 413, from: server)
    let chunk = String(repeating: "a", count: 600)
    try assert(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "258\r\n\(chunk)\r\n258\r\n\(chunk)\r\n0\r\n\r\n", gets: 413, from: server)
    let strict = try self.server { $0.bodyBytes = 10 }
    defer { strict.stop() }
    try assert(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n", gets: 413, from: strict)
  }

  func testConnections() throws {
    let server = try server { $0.connections = 1 }
    defer { server.stop() }
    let first = try RawClient(server.address)
    first.send(get)
    XCTAssertEqual(try first.answer().status, 200)
    try assert(get, gets: 503, from: server)
    first.send(get)
    XCTAssertEqual(try first.answer().status, 200)
  }

  func testRequestsPerConnection() throws {
    let server = try server { $0.requestsPerConnection = 2 }
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send(get + get + get)
    XCTAssertNil(try client.answer().fields["connection"])
    XCTAssertEqual(try client.answer().fields["connection"], "close")
    XCTAssertTrue(client.isClosed)
  }

  func testHeadTimeoutRunsFromTheFirstByteWhateverComesAfter() throws {
    let server = try server { $0.headTimeout = Lifetime(milliseconds: 300) }
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /echo HTTP/1.1\r\n")
    for _ in 0..<4 {
      usleep(50_000)
      client.send("A: b\r\n")
    }
    XCTAssertEqual(try client.answer().status, 408)
    XCTAssertTrue(client.isClosed)
  }

  func testIdleTimeoutClosesWithoutAWord() throws {
    let server = try server { $0.idleTimeout = Lifetime(milliseconds: 200) }
    defer { server.stop() }
    let fresh = try RawClient(server.address)
    XCTAssertEqual(fresh.readToEnd(), "")
    let used = try RawClient(server.address)
    used.send(get)
    XCTAssertEqual(try used.answer().status, 200)
    XCTAssertEqual(used.readToEnd(), "")
  }

  func testBodyTimeoutAndBodyRate() throws {
    let server = try server {
      $0.bodyTimeout = Lifetime(milliseconds: 200)
      $0.bodyRate = 1_000_000
    }
    defer { server.stop() }
    try assert(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab", gets: 408, from: server)
    let client = try RawClient(server.address)
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nab")
    for _ in 0..<20 {
      usleep(100_000)
      client.send("c")
    }
    XCTAssertEqual(try client.answer().status, 408)
  }

  func testAnswerTimeout() throws {
    let server = try server([LateEndpoint(delay: nil)]) {
      $0.answerTimeout = Lifetime(milliseconds: 200)
    }
    defer { server.stop() }
    try assert("GET /late HTTP/1.1\r\nHost: x\r\n\r\n", gets: 503, from: server)
  }

  func testStallTimeoutCutsAReaderThatTakesNothing() throws {
    let server = try server([LargeEndpoint()]) {
      $0.stallTimeout = Lifetime(milliseconds: 300)
    }
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    usleep(1_000_000)
    XCTAssertThrowsError(try client.answer())
  }

  func testAReaderThatTakesNothingIsCutWhateverItSends() throws {
    let server = try server([LargeEndpoint()]) {
      $0.stallTimeout = Lifetime(milliseconds: 300)
    }
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    for byte in "GET /large HTTP" {
      usleep(100_000)
      client.send(String(byte))
    }
    XCTAssertThrowsError(try client.answer())
  }
}
