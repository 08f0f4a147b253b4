import Foundation
import HTTPServer
import SocketSupport
import XCTest

/// Content of any length in both directions, at the pace of the slower side.
final class StreamingTests: XCTestCase {
  /// What kernel buffers of both sockets and the proxy's own may hold, generously.
  private let bound = 24 * 1024 * 1024

  /// What one thread found, for another to wait for.
  private final class Found: @unchecked Sendable {
    private let lock = NSLock()
    private let signal = DispatchSemaphore(value: 0)
    private var number: Int?

    func set(_ value: Int) {
      lock.withLock { number = value }
      signal.signal()
    }

    func wait() -> Int? {
      guard signal.wait(timeout: .now() + 20) == .success else { return nil }
      return lock.withLock { number }
    }
  }

  func testAnAnswerOf64MebibytesArrivesWhole() throws {
    let size = 64 * 1024 * 1024
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read(to: "\r\n\r\n")
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
      peer.send(count: size)
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    XCTAssertEqual(client.countToEnd(afterHead: true), size)
  }

  func testAReaderThatStallsStopsTheUpstream() throws {
    let found = Found()
    let limit = 256 * 1024 * 1024
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read(to: "\r\n\r\n")
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(limit)\r\n\r\n")
      found.set(peer.sendUntilStuck(atMost: limit))
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    let taken = try XCTUnwrap(found.wait())
    XCTAssertGreaterThan(taken, 0)
    XCTAssertLessThan(taken, bound)
  }

  func testAnUpstreamThatStallsStopsTheClient() throws {
    let upstream = try RawUpstream { _, _ in sleep(4) }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    let limit = 256 * 1024 * 1024
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(limit)\r\n\r\n")
    let taken = client.sendUntilStuck(atMost: limit)
    XCTAssertGreaterThan(taken, 0)
    XCTAssertLessThan(taken, bound)
  }

  func testContentGoesUpByLengthAndInChunks() throws {
    let upstream = try RawUpstream { peer, _ in
      let head = peer.read(to: "\r\n\r\n")
      let rest = peer.readRest(of: head, to: head.contains("chunked") ? "0\r\n\r\n" : "abc")
      let content = rest.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "|")
      // It closes, and says so: a kept connection that ends under a POST is a 502.
      peer.send(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(content.utf8.count)\r\n\r\n"
          + content)
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: v\r\n\r\n"
    )
    XCTAssertEqual(try client.answer().body, "3\r\nabc\r\n0|")
    let other = try RawClient(proxy.address)
    other.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
    XCTAssertEqual(try other.answer().body, "abc")
  }

  func testAClientThatExpectsContinueIsToldToGoOnByTheProxy() throws {
    let upstream = try RawUpstream { peer, _ in
      let head = peer.read(to: "abc")
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(head.contains("xpect") ? 1 : 0)")
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 100)
    client.send("abc")
    XCTAssertEqual(try client.answer().body, "0")
  }

  func testAnEarlyAnswerEndsAnUploadAndTheConnection() throws {
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read(to: "\r\n\r\n")
      peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno")
      _ = peer.read(to: "never")
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc")
    let answer = try client.answer()
    XCTAssertEqual(answer.status, 413)
    XCTAssertEqual(answer.body, "no")
    XCTAssertTrue(client.isClosed)
  }

  func testAClientThatLeavesTakesTheUpstreamConnectionWithIt() throws {
    let found = Found()
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read(to: "\r\n\r\n")
      // The next read ends when the proxy closes.
      found.set(peer.read().utf8.count)
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    var client: RawClient? = try RawClient(proxy.address)
    client?.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    usleep(100_000)
    client = nil
    XCTAssertEqual(found.wait(), 0)
  }

  func testBrokenChunksEndTheUploadWithoutReachingTheUpstreamAsAWhole() throws {
    let found = Found()
    let upstream = try RawUpstream { peer, _ in
      let text = peer.read(to: "0\r\n\r\n")
      found.set(text.hasSuffix("0\r\n\r\n") ? 1 : 0)
    }
    let proxy = try RunningProxy(to: upstream.address)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n0\r\n\r\n")
    XCTAssertEqual(try client.answer().status, 400)
    XCTAssertTrue(client.isClosed)
    XCTAssertEqual(found.wait(), 0)
  }

  func testContentOverTheLimitIsRefusedByLengthAndWhileItComes() throws {
    let upstream = try RawUpstream { peer, _ in _ = peer.read(to: "never") }
    var limits = Limits()
    limits.streamedBodyBytes = 10
    let proxy = try RunningProxy(to: upstream.address, serverLimits: limits)
    defer { proxy.stop() }
    for content in [
      "Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n",
    ] {
      let client = try RawClient(proxy.address)
      client.send("POST / HTTP/1.1\r\nHost: x\r\n" + content)
      XCTAssertEqual(try client.answer().status, 413, content)
      XCTAssertTrue(client.isClosed)
    }
  }
}
