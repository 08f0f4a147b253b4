// HTTPServer owns the server's side of a connection: the state machine from bytes to requests and
// back, limits, the router and the access log. Bytes enter from Transport, requests leave to an
// `Endpoint` (whole, with their content) or to a `StreamHandler` (head parsed, content a stream).
// It knows nothing of tokens, grants or upstreams, and reads no configuration.

public import Diagnostics
internal import HTTP
public import Transport

/// The HTTP server of one loop: its listeners, its connections, and what they share.
///
/// Everything is called on the loop's thread, or before the loop runs. It lives as long as the loop.
public final class HTTPServer {
  /// The loop that it lives on.
  public let loop: EventLoop
  let limits: Limits
  let gauge: ConnectionGauge
  let log: Log
  let tracer: Tracer?
  @exclusivity(unchecked) var accessLog: AccessLog
  @exclusivity(unchecked) var decisions: DecisionLog
  let audit: AuditLog?
  @exclusivity(unchecked) var parser: RequestHeadParser
  @exclusivity(unchecked) var writer = HeadWriter()
  @exclusivity(unchecked) var dates = HTTPDateCache()
  @exclusivity(unchecked) var isDraining = false
  private var stands: [Stand] = []
  private var exchanges: [Exchange] = []
  private var drained: (() -> Void)?
  private var share: LoopShare?

  /// A server that serves nothing yet; `gauge` is shared by the servers of all loops.
  public init(
    loop: EventLoop, limits: Limits, gauge: ConnectionGauge, log: Log, logsAccess: Bool = true,
    records: RequestRecords = RequestRecords(.none), tracer: Tracer? = nil
  ) {
    self.tracer = tracer
    self.loop = loop
    self.limits = limits
    self.gauge = gauge
    self.log = log
    accessLog = AccessLog(log: logsAccess ? log : nil)
    decisions = DecisionLog(records.limits)
    audit = records.audit
    parser = RequestHeadParser(
      limits: HeadLimits(
        headBytes: min(limits.headBytes, Connection.inputCapacity),
        targetBytes: limits.targetBytes, fieldBytes: limits.fieldBytes,
        fieldCount: limits.fieldCount))
    loop.atEndOfTurn { [unowned self] in accessLog.endTurn(of: loop) }
    let share = LoopShare(self)
    self.share = share
    gauge.join(share)
    records.join(self)
  }

  /// Whether anybody wants to know what is said of requests.
  var isRecording: Bool { accessLog.isOn || decisions.isOn || audit != nil }

  /// Begins to accept on a socket; the number names this listener to `replace` and `stop`.
  @discardableResult
  public func serve(
    _ socket: ListeningSocket, site: Site, tls: TLSContext? = nil
  ) throws(SystemError) -> Int {
    let stand = Stand(site: site, tls: tls)
    let number = stands.count
    stand.listener = try Listener(loop: loop, socket: socket) { [unowned self] in
      accept($0, from: $1, at: number)
    }
    stands.append(stand)
    share?.publish(listeners: stands.count)
    return number
  }

  /// Swaps what a listener serves: requests that have begun finish with what they began with.
  public func replace(_ number: Int, site: Site, tls: TLSContext? = nil) {
    stands[number].site = site
    stands[number].tls = tls
  }

  /// Stops accepting at one listener; its connections live on.
  ///
  /// The kernel refuses new connections once nobody holds the socket any more.
  public func stop(_ number: Int) { stands[number].stop() }

  /// Stops accepting, lets requests finish, and closes what is left when the time is up.
  ///
  /// The completion runs on the loop once no connection is left.
  public func drain(within time: Lifetime, completion: @escaping () -> Void) {
    guard !isDraining else { return }
    isDraining = true
    drained = completion
    share?.publish(listeners: 0)
    for stand in stands { stand.stop() }
    for exchange in exchanges { exchange.drain() }
    loop.schedule(after: time.milliseconds) { [weak self] in self?.cut() }
    reportIfDrained()
  }

  /// How many connections are open on this loop.
  public var connectionCount: Int { exchanges.count }

  private func cut() { for exchange in exchanges { exchange.cut() } }

  private func reportIfDrained() {
    guard isDraining, exchanges.isEmpty, let drained else { return }
    self.drained = nil
    loop.later(drained)
  }

  private func accept(_ descriptor: Int32, from peer: SocketAddress, at number: Int) {
    guard gauge.enter(), let share else {
      stands[number].meter.refused.add()
      Overload.refuse(descriptor)
      return
    }
    if let other = gauge.lightest(for: number, other: share) {
      other.give(descriptor, from: peer, at: number)
    } else {
      share.change(by: 1)
      take(descriptor, from: peer, at: number)
    }
  }

  /// Takes a connection that was counted, on this loop.
  func take(_ descriptor: Int32, from peer: SocketAddress, at number: Int) {
    let stand = stands[number]
    stand.meter.accepted.add()
    stand.meter.connections.add(1)
    let exchange = Exchange(server: self, stand: stand, peer: peer)
    exchange.index = exchanges.count
    exchanges.append(exchange)
    let connection = Connection(
      loop: loop, accepted: descriptor, peer: peer, tls: stand.tls, handler: exchange)
    guard let connection else {
      forget(exchange)
      return
    }
    exchange.adopt(connection)
  }

  /// Drops a connection that has closed.
  func forget(_ exchange: Exchange) {
    let last = exchanges.removeLast()
    if last !== exchange {
      last.index = exchange.index
      exchanges[exchange.index] = last
    }
    exchange.stand.meter.connections.add(-1)
    gauge.leave()
    share?.change(by: -1)
    reportIfDrained()
  }
}

/// A listener and what it serves at present.
final class Stand {
  var listener: Listener?
  @exclusivity(unchecked) var site: Site
  var tls: TLSContext?
  let meter: ListenerMeter

  init(site: Site, tls: TLSContext?) {
    meter = site.meter
    self.site = site
    self.tls = tls
  }

  func stop() {
    listener?.stop()
    listener = nil
  }
}
