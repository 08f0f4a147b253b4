import Foundation
import Harness
import XCTest

/// Good messages in unusual pieces; `SmugglingTests` has the bad ones.
final class FramingTests: XCTestCase {
  private let host = "Host: x\r\n"

  func testPipelinedRequestsAreAnsweredInOrder() throws {
    let upstream = try RecordingUpstream { RecordingUpstream.ok($0.target) }
    let deployment = try Deployment(.proxying(to: upstream.port))
    let connection = try Connection(port: try deployment.port())
    let paths = (0..<20).map { "/open/\($0)" }
    try connection.send(paths.map { "GET \($0) HTTP/1.1\r\n\(host)\r\n" }.joined())
    XCTAssertEqual(try paths.map { _ in try connection.receiveAnswer().text }, paths)
  }

  func testARequestMayArriveByteByByte() throws {
    let deployment = try Deployment()
    let connection = try Connection(port: try deployment.port())
    for byte in Array("GET /open/slow HTTP/1.1\r\n\(host)\r\n".utf8) { try connection.send([byte]) }
    XCTAssertEqual(try connection.receiveAnswer().status, 200)
  }

  func testAChunkedUploadReachesTheUpstreamWhole() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    let connection = try Connection(port: try deployment.port())
    try connection.send("POST /open/up HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n")
    for _ in 0..<100 { try connection.send("a;ext=1\r\n0123456789\r\n") }
    try connection.send("0\r\nTrailer: dropped\r\n\r\n")
    XCTAssertEqual(try connection.receiveAnswer().status, 200)
    let received = try XCTUnwrap(upstream.received.first)
    XCTAssertEqual(received.body.count, 1000)
    XCTAssertNil(received["Trailer"])
  }

  func testExpectContinueIsAnswered() throws {
    let deployment = try Deployment()
    let connection = try Connection(port: try deployment.port())
    let form = HTTPCaller.encode(Deployment.form())
    try connection.send(
      "POST /oauth2/v1/token HTTP/1.1\r\n\(host)Expect: 100-continue\r\nContent-Length: \(form.utf8.count)\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n")
    let interim = String(decoding: try connection.receive(through: "\r\n\r\n"), as: UTF8.self)
    XCTAssertTrue(interim.hasPrefix("HTTP/1.1 100"), interim)
    try connection.send(form)
    XCTAssertEqual(try connection.receiveAnswer().status, 200)
  }

  func testAnOldClientIsAnsweredAndLeft() throws {
    let deployment = try Deployment()
    let connection = try Connection(port: try deployment.port())
    try connection.send("GET /health/live HTTP/1.0\r\n\r\n")
    let answer = try connection.receiveAnswer()
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(try connection.receiveAll(), [])
  }
}
