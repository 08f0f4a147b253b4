import Diagnostics
import Foundation
import HTTP
import HTTPClient
import HTTPServer
import OAuth
import ReverseProxy
import SocketSupport
import Tokens
import Transport

/// A real proxy with one anonymous route to one upstream.
final class RunningProxy: @unchecked Sendable {
  let address: SocketAddress
  private let server: HTTPServer
  private let client: HTTPClient
  private let thread: LoopThread

  convenience init(
    to upstream: SocketAddress, limits: Upstream.Limits = Upstream.Limits(),
    serverLimits: Limits = Limits()
  ) throws {
    try self.init(
      to: Upstream(name: "up", addresses: [upstream], limits: limits), serverLimits: serverLimits)
  }

  init(to upstream: Upstream, serverLimits: Limits = Limits()) throws {
    let loop = try EventLoop()
    client = HTTPClient(loop: loop)
    server = HTTPServer(
      loop: loop, limits: serverLimits, gauge: ConnectionGauge(limit: 1000),
      log: Log(level: .error))
    let handler = ProxyHandler(
      routes: try RouteTable([try route()]),
      verifier: TokenVerifier(try TokenTrust(own: nil, foreign: [])), records: nil,
      trustedHops: TrustedHops([]), client: client,
      upstreams: [upstream])
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    address = socket.address
    try server.serve(
      socket, site: Site(router: try Router(endpoints: []), fallback: .stream(handler)))
    thread = try LoopThread(name: "proxy", loop: loop)
  }

  func stop() { thread.stop() }
}
