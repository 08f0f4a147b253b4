internal import Configuration
internal import Diagnostics
internal import HTTPClient
internal import HTTPServer
internal import ReverseProxy
internal import Tokens
internal import Transport

/// One event loop with everything that is its own: server, client, verifier.
///
/// Used only on its loop.
///
/// `@unchecked Sendable`: the process holds it, and touches it only through `loop.post`.
final class ServingLoop: @unchecked Sendable {
  let loop: EventLoop
  private let server: HTTPServer
  /// The built-in echo is an upstream: it answers what is under way while `server` drains.
  private let echoServer: HTTPServer
  private let client: HTTPClient
  private let owned: Owned
  private let echo: EchoSocket
  private var places: [Int] = []
  private var servesEcho = false

  init(
    loop: EventLoop, limits: Limits, gauge: ConnectionGauge, logsAccess: Bool, echo: EchoSocket,
    owned: Owned
  ) {
    self.loop = loop
    self.owned = owned
    self.echo = echo
    server = HTTPServer(
      loop: loop, limits: limits, gauge: gauge, log: owned.log, logsAccess: logsAccess,
      records: owned.records, tracer: owned.tracing?.tracer)
    echoServer = HTTPServer(
      loop: loop, limits: limits, gauge: ConnectionGauge(limit: limits.connections),
      log: owned.log, logsAccess: false)
    client = HTTPClient(loop: loop)
  }

  /// Serves a snapshot: on the sockets at first, in place of the former one later.
  func serve(
    _ snapshot: Snapshot, on sockets: [ListeningSocket], vault: Vault?, hosts: [String]?
  ) throws(SystemError) {
    let door = snapshot.proxy.map { Door($0, vault, owned) }
    for (index, listener) in snapshot.options.listeners.enumerated() {
      let meter = ListenerMeter(owned.meters.registry, listener: listener.address.text)
      let handler =
        listener.services.contains(.proxy) ? door?.handler(for: listener, client, meter) : nil
      let fallback: Site.Fallback = handler.map { .stream($0) } ?? .none
      let site = Site(
        router: snapshot.routers[index], fallback: fallback, hosts: hosts,
        meter: meter)
      if index < places.count {
        server.replace(places[index], site: site, tls: snapshot.certificates[index])
      } else {
        places.append(
          try server.serve(sockets[index], site: site, tls: snapshot.certificates[index]))
      }
    }
    try serveEcho()
    if let plan = snapshot.proxy { client.keepOnly(plan.upstreams) }
  }

  /// Finishes what is under way and calls back on the loop.
  func drain(within time: Lifetime, completion: @escaping @Sendable () -> Void) {
    server.drain(within: time, completion: completion)
  }

  private func serveEcho() throws(SystemError) {
    guard !servesEcho, let socket = echo.opened else { return }
    servesEcho = true
    let site = Site(router: Router(), fallback: .endpoint(EchoEndpoint()))
    try echoServer.serve(socket, site: site)
  }
}

/// What the handlers of one loop share.
private struct Door {
  let plan: ProxyPlan
  let verifier: TokenVerifier
  let records: TokenRecords?
  let streams: OpenStreams?
  let metrics: MetricRegistry

  init(_ plan: ProxyPlan, _ vault: Vault?, _ owned: Owned) {
    self.plan = plan
    metrics = owned.meters.registry
    verifier = TokenVerifier(
      plan.trust, limits: plan.verifierLimits, meter: VerifierMeter(owned.meters.registry))
    records = vault.map { TokenRecords($0.store, keys: $0.keys, on: owned.pools.waiting) }
    streams = vault.map { OpenStreams($0.revocations) }
  }

  /// The door at one listener, which believes its own hops.
  func handler(
    for listener: ListenerOptions, _ client: HTTPClient, _ meter: ListenerMeter
  ) -> ProxyHandler {
    ProxyHandler(
      routes: plan.routes, verifier: verifier, records: records,
      trustedHops: TrustedHops(listener.trustedHops.map(TrustedHops.Block.init)), client: client,
      upstreams: plan.upstreams, streams: streams, meter: meter,
      denials: DenialMeter(metrics))
  }
}

extension TrustedHops.Block {
  /// A range of the config, whose address has 4 or 16 bytes.
  fileprivate init(_ range: AddressRange) {
    let words = range.address.reduce((high: UInt64(0), low: UInt64(0))) { words, byte in
      (words.high << 8 | words.low >> 56, words.low << 8 | UInt64(byte))
    }
    if range.address.count == 4 {
      self.init(ipv4: UInt32(truncatingIfNeeded: words.low), prefix: range.prefix)
    } else {
      self.init(ipv6: words.high, words.low, prefix: range.prefix)
    }
  }
}
