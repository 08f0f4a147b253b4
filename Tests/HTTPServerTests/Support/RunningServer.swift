import Diagnostics
import Foundation
import HTTP
import HTTPServer
import Transport
import XCTest

/// A real server on a loop of its own, on a port of 127.0.0.1.
final class RunningServer: @unchecked Sendable {
  let address: SocketAddress
  let loop: EventLoop
  private let server: HTTPServer
  private let thread: LoopThread
  private let log: Pipe

  init(
    _ endpoints: [any Endpoint] = [EchoEndpoint()], limits: Limits = Limits(),
    fallback: Site.Fallback = .none, format: LogFormat = .text
  ) throws {
    log = Pipe()
    loop = try EventLoop()
    server = HTTPServer(
      loop: loop, limits: limits, gauge: ConnectionGauge(limit: limits.connections),
      log: Log(format: format, descriptor: log.fileHandleForWriting.fileDescriptor))
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    address = socket.address
    try server.serve(
      socket, site: Site(router: try Router(endpoints: endpoints), fallback: fallback))
    thread = try LoopThread(name: "server", loop: loop)
  }

  /// Stops the loop; the access log is whole afterwards.
  func stop() { thread.stop() }

  /// What the access log says; after `stop`.
  func logLines() throws -> [String] {
    try log.fileHandleForWriting.close()
    let text = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  /// Replaces what is served.
  func replace(_ endpoints: [any Endpoint]) throws {
    let router = try Router(endpoints: endpoints)
    let done = DispatchSemaphore(value: 0)
    run {
      $0.replace(0, site: Site(router: router))
      done.signal()
    }
    done.wait()
  }

  /// Drains; the expectation is fulfilled at the end.
  func drain(within time: Lifetime, _ expectation: XCTestExpectation) {
    run { $0.drain(within: time) { expectation.fulfill() } }
  }

  private func run(_ work: @escaping @Sendable (HTTPServer) -> Void) {
    loop.post { [self] in work(server) }
  }
}

/// Answers with what it got.
struct EchoEndpoint: Endpoint {
  var description = EndpointDescription(
    methods: [.get, .post], path: "/echo", summary: "Answers with what it got.",
    responses: [ResponseDescription(.ok, "what came")], bodyLimit: 1000, cors: .any)

  func respond(to request: Request, through responder: Responder) {
    responder.send(
      Response(
        status: .ok, fields: Fields([.contentType: "text/plain"]),
        body: Array("\(request.method) \(request.query ?? "-") ".utf8) + request.body))
  }
}

/// Answers from another thread after some milliseconds, or never.
struct LateEndpoint: Endpoint {
  var description = EndpointDescription(
    methods: [.get], path: "/late", summary: "Answers late.",
    responses: [ResponseDescription(.ok, "at last")])
  var delay: UInt32? = 50

  func respond(to request: Request, through responder: Responder) {
    guard let delay else {
      Self.kept.keep(responder)
      return
    }
    Foundation.Thread.detachNewThread {
      usleep(delay * 1000)
      responder.send(Response(status: .ok, body: Array("late".utf8)))
      responder.send(Response(status: .notFound))
    }
  }

  /// Holds responders, so that they are not dropped unanswered.
  final class Kept: @unchecked Sendable {
    private let lock = NSLock()
    private var responders: [Responder] = []
    func keep(_ responder: Responder) { lock.withLock { responders.append(responder) } }
  }

  static let kept = Kept()
}

/// Drops its responder.
struct ForgetfulEndpoint: Endpoint {
  var description = EndpointDescription(
    methods: [.get], path: "/forget", summary: "Forgets.", responses: [])

  func respond(to request: Request, through responder: Responder) {}
}

/// Answers with many bytes.
struct LargeEndpoint: Endpoint {
  var description = EndpointDescription(
    methods: [.get], path: "/large", summary: "Much.", responses: [])
  static let size = 8 * 1024 * 1024

  func respond(to request: Request, through responder: Responder) {
    responder.send(Response(status: .ok, body: [UInt8](repeating: 0x61, count: Self.size)))
  }
}
