import Diagnostics
import HTTPServer
import SocketSupport
import XCTest

/// Drain, reload and the access log.
final class LifeTests: XCTestCase {
  private let get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n"

  func testADrainAnswersWhatHasBegunAndClosesTheRest() throws {
    let server = try RunningServer([EchoEndpoint(), LateEndpoint(delay: 300)])
    defer { server.stop() }
    let idle = try RawClient(server.address)
    idle.send(get)
    XCTAssertEqual(try idle.answer().status, 200)
    let busy = try RawClient(server.address)
    busy.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
    usleep(50_000)
    let drained = expectation(description: "drained")
    server.drain(within: .seconds(10), drained)
    XCTAssertTrue(idle.isClosed)
    let answer = try busy.answer()
    XCTAssertEqual(answer.body, "late")
    XCTAssertEqual(answer.fields["connection"], "close")
    XCTAssertTrue(busy.isClosed)
    XCTAssertThrowsError(try RawClient(server.address))
    wait(for: [drained], timeout: 5)
  }

  func testADrainEndsWhenItsTimeIsUp() throws {
    let server = try RunningServer([LateEndpoint(delay: nil)])
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
    usleep(50_000)
    let drained = expectation(description: "drained")
    server.drain(within: Lifetime(milliseconds: 200), drained)
    wait(for: [drained], timeout: 5)
    XCTAssertTrue(client.isClosed)
  }

  func testAReloadChangesWhatAnOpenConnectionGets() throws {
    let server = try RunningServer([EchoEndpoint()])
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send(get)
    XCTAssertEqual(try client.answer().status, 200)
    try server.replace([ForgetfulEndpoint()])
    client.send(get)
    XCTAssertEqual(try client.answer().status, 404)
  }

  func testTheAccessLogHasALineForEachRequestThatNoPathCanForge() throws {
    let server = try RunningServer()
    let client = try RawClient(server.address)
    client.send("GET /echo?secret=1 HTTP/1.1\r\nHost: x\r\n\r\n")
    let id = try client.answer().fields["x-request-id"] ?? ""
    client.send("GET /a%22%0a HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = try client.answer()
    server.stop()
    let lines = try server.logLines()
    XCTAssertEqual(lines.count, 2)
    XCTAssertTrue(lines[0].contains(" info http.request request_id=\(id) method=\"GET\""))
    XCTAssertTrue(lines[0].contains(" path=\"/echo\" status=200 bytes=13 "), lines[0])
    XCTAssertTrue(lines[1].contains(" status=400 "))
    XCTAssertTrue(lines[1].contains(" reason=\"http.encoded_separator\""))
  }

  func testTheAccessLogIsJSONWhereAskedFor() throws {
    let server = try RunningServer(format: .json)
    let client = try RawClient(server.address)
    client.send("GET /%C3%A4 HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = try client.answer()
    server.stop()
    let line = try XCTUnwrap(try server.logLines().first)
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    XCTAssertEqual(object?["status"] as? Int, 404)
    XCTAssertEqual(object?["path"] as? String, "/%C3%A4")
  }
}
