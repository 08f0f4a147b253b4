import Diagnostics
import Foundation
import HTTPServer
import SocketSupport
import Synchronization
import Transport
import XCTest

final class BalanceTests: XCTestCase {
  /// A server with the thread that runs it, touched on its loop only.
  private final class Serving: @unchecked Sendable {
    let server: HTTPServer
    let thread: LoopThread

    init(_ socket: ListeningSocket, _ gauge: ConnectionGauge) throws {
      let loop = try EventLoop()
      server = HTTPServer(loop: loop, limits: Limits(), gauge: gauge, log: Log(level: .error))
      try server.serve(socket, site: Site(router: try Router(endpoints: [EchoEndpoint()])))
      thread = try LoopThread(name: "loop", loop: loop)
    }

    func count() -> Int {
      let done = DispatchSemaphore(value: 0)
      let count = Mutex(0)
      thread.loop.post { [self] in
        count.withLock { $0 = server.connectionCount }
        done.signal()
      }
      done.wait()
      return count.withLock { $0 }
    }
  }

  func testConnectionsAreSharedOutEvenlyOverTheLoopsOfOneSocket() throws {
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    let gauge = ConnectionGauge(limit: 100)
    let loops = [
      try Serving(socket, gauge), try Serving(socket, gauge), try Serving(socket, gauge),
    ]
    defer { for loop in loops { loop.thread.stop() } }
    var clients: [RawClient] = []
    for _ in 0..<30 { clients.append(try RawClient(socket.address)) }
    for client in clients {
      client.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
      XCTAssertEqual(try client.answer().status, 200)
    }
    XCTAssertEqual(gauge.count, 30)
    for loop in loops { XCTAssertTrue((8...12).contains(loop.count()), "\(loop.count())") }
    clients = []
    let deadline = Date().addingTimeInterval(5)
    while gauge.count > 0, Date() < deadline { usleep(1000) }
    XCTAssertEqual(gauge.count, 0)
  }
}
