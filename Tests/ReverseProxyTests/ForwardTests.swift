import Diagnostics
import Foundation
import HTTPClient
import SocketSupport
import Transport
import XCTest

/// Requests through a real proxy to an upstream that does what a test says.
final class ForwardTests: XCTestCase {
  private let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

  /// A proxy before an upstream that answers each request with the same bytes.
  private func proxy(
    answering text: String, closing: Bool = false
  ) throws -> (RunningProxy, RawUpstream) {
    let upstream = try RawUpstream { peer, _ in
      while !peer.read(to: "\r\n\r\n").isEmpty {
        peer.send(text)
        if closing { return }
      }
    }
    return (try RunningProxy(to: upstream.address), upstream)
  }

  private func answer(
    to request: String? = nil, from text: String, closing: Bool = false, toHead: Bool = false
  ) throws -> RawClient.Answer {
    let (proxy, upstream) = try proxy(answering: text, closing: closing)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(request ?? get)
    return try withExtendedLifetime(upstream) { try client.answer(toHead: toHead) }
  }

  func testPipelinedRequestsShareOneUpstreamConnectionAndKeepTheirOrder() throws {
    let upstream = try RawUpstream { peer, _ in
      while case let head = peer.read(to: "\r\n\r\n"), !head.isEmpty {
        let target = head.split(separator: " ")[1]
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(target.count)\r\n\r\n\(target)")
      }
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send((1...5).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
    for number in 1...5 { XCTAssertEqual(try client.answer().body, "/\(number)") }
    XCTAssertEqual(upstream.connections, 1)
  }

  func testFieldsOfTheHopEndAndOthersPass() throws {
    let got = try answer(
      from: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
        + "Keep-Alive: 5\r\nX-Request-Id: theirs\r\nDate: then\r\nX-Other: 2\r\n\r\nok")
    XCTAssertEqual(got.body, "ok")
    XCTAssertNil(got.fields["x-hop"])
    XCTAssertNil(got.fields["keep-alive"])
    XCTAssertEqual(got.fields["x-request-id"]?.count, 32)
    XCTAssertEqual(got.fields["date"], "then")
    XCTAssertEqual(got.fields["x-other"], "2")
  }

  func testChunkedAnswersAndAnswersUntilCloseArriveChunked() throws {
    let chunked = try answer(
      from: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    XCTAssertEqual(chunked.fields["transfer-encoding"], "chunked")
    XCTAssertEqual(chunked.body, "abcde")
    let open = try answer(from: "HTTP/1.1 200 OK\r\n\r\nabcde", closing: true)
    XCTAssertEqual(open.fields["transfer-encoding"], "chunked")
    XCTAssertEqual(open.body, "abcde")
  }

  func testAnOldClientGetsChunkedContentUntilTheConnectionCloses() throws {
    let (proxy, upstream) = try proxy(
      answering: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    let text = withExtendedLifetime(upstream) { client.readToEnd() }
    XCTAssertTrue(text.hasSuffix("\r\n\r\nabc"), text)
    XCTAssertFalse(text.lowercased().contains("transfer-encoding"))
  }

  func testAnswersWithoutContentHaveNone() throws {
    let head = try answer(
      to: "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
      from: "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", toHead: true)
    XCTAssertEqual(head.fields["content-length"], "99")
    let none = try answer(from: "HTTP/1.1 204 No Content\r\n\r\n", toHead: true)
    XCTAssertEqual(none.status, 204)
    XCTAssertNil(none.fields["content-length"])
    let same = try answer(
      from: "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", toHead: true)
    XCTAssertEqual(same.fields["content-length"], "7")
  }

  func testInterimAnswersPassExceptContinue() throws {
    let (proxy, upstream) = try proxy(
      answering: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(get)
    let hints = try client.answer()
    XCTAssertEqual(hints.status, 103)
    XCTAssertEqual(hints.fields["link"], "</a>")
    XCTAssertEqual(try withExtendedLifetime(upstream) { try client.answer().body }, "ok")
  }

  func testAnswersThatCannotBeBelievedAre502() throws {
    for text in [
      "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
      "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
      "nonsense\r\n\r\n",
    ] {
      XCTAssertEqual(try answer(from: text).status, 502, text)
    }
    XCTAssertEqual(try answer(from: "HTTP/1.1 200", closing: true).status, 502)
    XCTAssertEqual(try answer(from: "", closing: true).status, 502)
  }

  func testAnUpstreamThatIsNotThereIs502() throws {
    let upstream = try RawUpstream { _, _ in }
    let address = upstream.address.with(port: 1)
    let proxy = try RunningProxy(to: address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(get + get)
    XCTAssertEqual(try client.answer().status, 502)
    XCTAssertEqual(try client.answer().status, 502)
  }

  func testASilentUpstreamIs504() throws {
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read()
      sleep(3)
    }
    var limits = Upstream.Limits()
    limits.firstByteTimeout = Lifetime(milliseconds: 200)
    let proxy = try RunningProxy(to: upstream.address, limits: limits)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(get)
    let answer = try client.answer()
    XCTAssertEqual(answer.status, 504)
    XCTAssertTrue(answer.body.contains("upstream.first_byte_timeout"))
  }

  func testConnectionsBeyondTheLimitAre503() throws {
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read()
      sleep(2)
    }
    var limits = Upstream.Limits()
    limits.connections = 1
    let proxy = try RunningProxy(to: upstream.address, limits: limits)
    defer { proxy.stop() }
    let first = try RawClient(proxy.address)
    first.send(get)
    usleep(50_000)
    let second = try RawClient(proxy.address)
    second.send(get)
    let answer = try second.answer()
    XCTAssertEqual(answer.status, 503)
    XCTAssertEqual(answer.fields["retry-after"], "1")
  }

  func testACutAnswerIsCutForTheClientToo() throws {
    for text in [
      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ] {
      XCTAssertThrowsError(try answer(from: text, closing: true), text)
    }
  }

  func testADeadKeptConnectionIsRetriedOnceForGetAndNotForPost() throws {
    let upstream = try RawUpstream { peer, _ in
      // One answer a connection; the second request on it is swallowed, as if the two had crossed.
      _ = peer.read(to: "\r\n\r\n")
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      _ = peer.read(to: "\r\n\r\n")
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(get)
    XCTAssertEqual(try client.answer().status, 200)
    client.send(get)
    XCTAssertEqual(try client.answer().status, 200)
    XCTAssertEqual(upstream.connections, 2)
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 502)
    XCTAssertEqual(upstream.connections, 2)
  }

  func testEmptyChunkedContentEndsOnARetriedConnectionToo() throws {
    let upstream = try RawUpstream { peer, number in
      _ = peer.read(to: number == 1 ? "\r\n\r\n" : "\r\n\r\n0\r\n\r\n")
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      _ = peer.read(to: "0\r\n\r\n")
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(get)
    XCTAssertEqual(try client.answer().status, 200)
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    XCTAssertEqual(try client.answer().body, "ok")
    XCTAssertEqual(upstream.connections, 2)
  }
}
