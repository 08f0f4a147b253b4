import HTTP
import HTTPServer
import SocketSupport
import XCTest

/// Requests and answers on one connection.
final class ExchangeTests: XCTestCase {
  private let get = "GET /echo?a=1 HTTP/1.1\r\nHost: x\r\n\r\n"

  func testAnAnswerCarriesIdDateAndLength() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send(get)
    let answer = try client.answer()
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(answer.body, "GET a=1 ")
    XCTAssertEqual(answer.fields["x-request-id"]?.count, 32)
    XCTAssertTrue(answer.fields["date"]?.hasSuffix("GMT") ?? false)
    XCTAssertNil(answer.fields["connection"])
  }

  func testPipelinedAnswersComeInOrderWhenOneIsLate() throws {
    let server = try RunningServer([EchoEndpoint(), LateEndpoint()])
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n" + get + get.replacing("a=1", with: "a=2"))
    XCTAssertEqual(try client.answer().body, "late")
    XCTAssertEqual(try client.answer().body, "GET a=1 ")
    XCTAssertEqual(try client.answer().body, "GET a=2 ")
  }

  func testAHeadAnswerHasALengthAndNoContent() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n" + get)
    XCTAssertEqual(try client.answer(toHead: true).fields["content-length"], "7")
    XCTAssertEqual(try client.answer().body, "GET a=1 ")
  }

  func testAHeadThatComesByteByByteIsUnderstood() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    for byte in get.utf8 { client.send([byte]) }
    XCTAssertEqual(try client.answer().status, 200)
  }

  func testContentComesByLengthAndInChunks() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
    XCTAssertEqual(try client.answer().body, "POST - abc")
    client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\n"
        + "T: v\r\n\r\n" + get)
    XCTAssertEqual(try client.answer().body, "POST - abc")
    XCTAssertEqual(try client.answer().status, 200)
  }

  func testAClientThatExpectsContinueIsToldToGoOn() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 100)
    client.send("abc")
    XCTAssertEqual(try client.answer().body, "POST - abc")
  }

  func testAClientThatExpectsContinueForTooMuchIsRefusedAtOnce() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 413)
    XCTAssertTrue(client.isClosed)
  }

  func testUnknownPathsMethodsAndOptionsAreAnsweredByTheRouter() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /none HTTP/1.1\r\nHost: x\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 404)
    client.send("POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab")
    XCTAssertEqual(try client.answer().status, 404)
    client.send("PUT /echo HTTP/1.1\r\nHost: x\r\n\r\n")
    let refused = try client.answer()
    XCTAssertEqual(refused.status, 405)
    XCTAssertEqual(refused.fields["allow"], "GET, POST, HEAD, OPTIONS")
    client.send("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n")
    let options = try client.answer(toHead: true)
    XCTAssertEqual(options.status, 204)
    XCTAssertEqual(options.fields["access-control-allow-origin"], "*")
    client.send(get)
    XCTAssertEqual(try client.answer().fields["access-control-allow-origin"], "*")
  }

  func testOldClientsGetOneAnswerUnlessTheyAskForMore() throws {
    let server = try RunningServer()
    defer { server.stop() }
    let once = try RawClient(server.address)
    once.send("GET /echo HTTP/1.0\r\n\r\n")
    XCTAssertEqual(try once.answer().fields["connection"], "close")
    XCTAssertTrue(once.isClosed)
    let kept = try RawClient(server.address)
    kept.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    XCTAssertEqual(try kept.answer().fields["connection"], "keep-alive")
    kept.send("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    XCTAssertEqual(try kept.answer().fields["connection"], "close")
    XCTAssertTrue(kept.isClosed)
  }

  func testAHandlerThatForgetsAnswers500() throws {
    let server = try RunningServer([ForgetfulEndpoint()])
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /forget HTTP/1.1\r\nHost: x\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 500)
  }

  func testASlowReaderGetsTheWholeAnswer() throws {
    let server = try RunningServer([LargeEndpoint()])
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    usleep(200_000)
    XCTAssertEqual(try client.answer().body.utf8.count, LargeEndpoint.size)
    XCTAssertTrue(client.isClosed)
  }

  func testARequestThatHalfClosesIsStillAnswered() throws {
    let server = try RunningServer([LateEndpoint()])
    defer { server.stop() }
    let client = try RawClient(server.address)
    client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
    client.endOutput()
    XCTAssertEqual(try client.answer().body, "late")
    XCTAssertTrue(client.isClosed)
  }
}
