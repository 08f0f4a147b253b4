import Diagnostics
import HTTP
import HTTPClient
import HTTPServer
import SocketSupport
import Transport
import XCTest

/// Upstreams over TLS, and upstreams of several addresses.
final class UpstreamTests: XCTestCase {
  /// A real server over TLS with one large answer.
  private final class SecureServer: @unchecked Sendable {
    let address: SocketAddress
    private let server: HTTPServer
    private let thread: LoopThread

    init(_ certificate: Certificate) throws {
      let loop = try EventLoop()
      server = HTTPServer(
        loop: loop, limits: Limits(), gauge: ConnectionGauge(limit: 10), log: Log(level: .error))
      let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
      address = socket.address
      try server.serve(
        socket, site: Site(router: try Router(endpoints: [Large()])),
        tls: TLSContext(certificate: certificate.certificate, key: certificate.key))
      thread = try LoopThread(name: "upstream", loop: loop)
    }

    func stop() { thread.stop() }
  }

  private struct Large: Endpoint {
    static let size = 3 * 1024 * 1024
    var description = EndpointDescription(
      methods: [.post], path: "/large", summary: "Much.", responses: [], bodyLimit: 1024 * 1024)

    func respond(to request: Request, through responder: Responder) {
      let content = [UInt8](repeating: 0x61, count: Self.size - request.body.count) + request.body
      responder.send(Response(status: .ok, body: content))
    }
  }

  private func answer(from upstream: Upstream) throws -> RawClient.Answer {
    let proxy = try RunningProxy(to: upstream)
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n")
    client.send([UInt8](repeating: 0x62, count: 500_000))
    return try client.answer()
  }

  func testAnUpstreamOverTLSIsReachedAndItsNameChecked() throws {
    let certificate = try Certificate()
    defer { certificate.remove() }
    let server = try SecureServer(certificate)
    defer { server.stop() }
    let trust = try TLSContext(trusting: certificate.certificate)
    let good = try answer(
      from: Upstream(name: "up", addresses: [server.address], tls: trust, host: "localhost"))
    XCTAssertEqual(good.status, 200)
    XCTAssertEqual(good.body.utf8.count, Large.size)
    XCTAssertTrue(good.body.hasSuffix("ab" + String(repeating: "b", count: 499_999)))
    let bad = try answer(
      from: Upstream(name: "up", addresses: [server.address], tls: trust, host: "other.example"))
    XCTAssertEqual(bad.status, 502)
    XCTAssertTrue(bad.body.contains("upstream.unreachable"))
  }

  func testThePlainPortOfAnUpstreamIsNoTLS() throws {
    let upstream = try RawUpstream { peer, _ in
      _ = peer.read()
      peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    }
    let trust = try TLSContext(trusting: nil)
    let got = try answer(
      from: Upstream(name: "up", addresses: [upstream.address], tls: trust, host: "localhost"))
    XCTAssertEqual(got.status, 502)
  }

  func testTheNextAddressIsTriedWhenOneRefuses() throws {
    let upstream = try RawUpstream { peer, _ in
      while !peer.read(to: "\r\n\r\n").isEmpty {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      }
    }
    let dead = upstream.address.with(port: 1)
    let proxy = try RunningProxy(to: Upstream(name: "up", addresses: [dead, upstream.address]))
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    for _ in 0..<2 {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      XCTAssertEqual(try client.answer().body, "ok")
    }
    XCTAssertEqual(upstream.connections, 1)
  }

  func testTheNextAddressGetsTheEndOfEmptyContent() throws {
    let upstream = try RawUpstream { peer, _ in
      guard peer.read(to: "\r\n\r\n0\r\n\r\n").hasSuffix("\r\n0\r\n\r\n") else { return }
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    }
    let dead = upstream.address.with(port: 1)
    let proxy = try RunningProxy(to: Upstream(name: "up", addresses: [dead, upstream.address]))
    defer { proxy.stop() }
    let client = try RawClient(proxy.address)
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    XCTAssertEqual(try client.answer().body, "ok")
  }
}
