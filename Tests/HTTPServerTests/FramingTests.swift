import HTTPServer
import SocketSupport
import XCTest

/// What two programs could read in two ways is refused, and the connection closes.
final class FramingTests: XCTestCase {
  func testAmbiguousRequestsAreRefusedAndTheConnectionCloses() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let chunked = "Transfer-Encoding: chunked\r\n"
    let table: [(String, Int)] = [
      ("GET /echo HTTP/1.1\nHost: x\n\n", 400),
      ("GET /echo HTTP/1.1\r\n\r\n", 400),
      ("GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
      ("GET /echo HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400),
      ("GET /echo HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400),
      ("GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n", 400),
      ("GET /echo#f HTTP/1.1\r\nHost: x\r\n\r\n", 400),
      ("GET /a/../../b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\(chunked)\r\n0\r\n\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\n\(chunked)\r\nzz\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\n\(chunked)\r\n1\r\nab\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\n\(chunked)\r\n1\nab\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
      ("GET /echo HTTP/2.0\r\nHost: x\r\n\r\n", 505),
      ("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", 501),
      ("TRACE /echo HTTP/1.1\r\nHost: x\r\n\r\n", 501),
      ("GET /echo HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n", 417),
    ]
    for (text, status) in table {
      let client = try RawClient(server.address)
      client.send(text)
      let answer = try client.answer()
      XCTAssertEqual(answer.status, status, text)
      XCTAssertEqual(answer.fields["connection"], "close", text)
      XCTAssertEqual(answer.fields["content-type"], "application/problem+json", text)
      XCTAssertTrue(client.isClosed, text)
    }
  }
}
