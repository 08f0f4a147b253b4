internal import Diagnostics
public import HTTP
public import HTTPClient
public import HTTPServer
internal import OAuth
public import Tokens

/// Takes a request through its life: match, authenticate, authorize, mutate, forward.
///
/// One for each loop. In the common case all of it happens at once, on the loop that read the
/// request; only an opaque token that is not in the cache, or a key of ours that is new, waits for storage, and
/// the loop does not.
public final class ProxyHandler: StreamHandler {
  private let routes: RouteTable
  let verifier: TokenVerifier
  private let records: TokenRecords?
  private let trustedHops: TrustedHops
  private let client: HTTPClient
  private let upstreams: [Upstream]
  private let streams: OpenStreams?
  private let denials: DenialMeter
  /// What counts each route's requests, by its number.
  private let meters: [RequestMeter]

  /// A handler of one loop; `records` and `streams` are nil where no tokens are issued.
  ///
  /// Each route's destination must have a place in the list of upstreams.
  public init(
    routes: RouteTable, verifier: TokenVerifier, records: TokenRecords?, trustedHops: TrustedHops,
    client: HTTPClient, upstreams: [Upstream], streams: OpenStreams? = nil,
    meter: ListenerMeter = ListenerMeter(), denials: DenialMeter = DenialMeter()
  ) {
    self.routes = routes
    self.verifier = verifier
    self.records = records
    self.trustedHops = trustedHops
    self.client = client
    self.upstreams = upstreams
    self.streams = streams
    self.denials = denials
    meters = routes.routes.map { meter.handler($0.name) }
  }

  /// Lets the request through or answers it.
  public func handle(_ exchange: Exchange, _ head: borrowing RequestHead, in bytes: Span<UInt8>) {
    do throws(Denial) {
      let route = try routes.route(of: head, in: bytes)
      if route.number < meters.count {
        exchange.measure(as: meters[route.number], named: route.name)
      }
      exchange.note(LogField("route", route.name))
      noteParent(of: exchange, head, in: bytes)
      if let authorized = AuthorizedRequest(anonymous: route) {
        forward(mutate(authorized, head, in: bytes, from: exchange), by: nil, for: exchange)
        return
      }
      switch try Authentication(head, in: bytes, by: verifier, on: route, at: exchange.time) {
      case .token(let token):
        let authorized = try AuthorizedRequest(token, on: route)
        forward(mutate(authorized, head, in: bytes, from: exchange), by: token, for: exchange)
      case .pending(let lookup):
        try look(up: lookup, on: route, for: exchange)
      case .needsKeys:
        try refreshKeys(on: route, for: exchange)
      }
    } catch {
      deny(error, exchange)
    }
  }

  /// Answers with a denial, and says in the log why.
  func deny(_ denial: Denial, _ exchange: Exchange) {
    denials.count(denial.reason)
    exchange.deny(denial)
  }

  private func look(
    up lookup: TokenLookup, on route: Route, for exchange: Exchange
  ) throws(Denial) {
    guard let records else {
      throw .unavailable(reason: .storageNone, detail: "no storage holds opaque tokens")
    }
    let pending = PendingRequest(on: route, for: exchange, of: self)
    records.look(up: lookup, for: exchange.id, at: exchange.time) { pending.resume(lookup, $0) }
  }

  private func refreshKeys(on route: Route, for exchange: Exchange) throws(Denial) {
    let pending = PendingRequest(on: route, for: exchange, of: self)
    let isUnderWay = records?.refreshKeys(at: exchange.time) { pending.resume($0) } ?? false
    guard isUnderWay else {
      throw .unavailable(reason: .keyUnavailable, detail: "the key ring cannot be read now")
    }
  }

  func mutate(
    _ authorized: AuthorizedRequest, _ head: borrowing RequestHead, in bytes: Span<UInt8>,
    from exchange: Exchange
  ) -> UpstreamRequest {
    if let token = authorized.token {
      if let client = token.client { exchange.note(LogField("client", client.text)) }
      if let subject = token.subject { exchange.note(LogField("subject", subject.text)) }
    }
    let origin = RequestOrigin(
      id: exchange.id, peer: exchange.peer, isSecure: exchange.isSecure,
      isTrustedHop: trustedHops.contains(exchange.peer.host), trace: exchange.callTrace,
      passesTraceState: exchange.isTraceForeign)
    return UpstreamRequest(authorized, head, from: origin, in: bytes)
  }

  /// The id that a trusted hop gave the request: logged, never taken over as ours.
  private func noteParent(
    of exchange: Exchange, _ head: borrowing RequestHead, in bytes: Span<UInt8>
  ) {
    guard let id = head.fields.first(.requestID)?.value, id.length <= 128,
      trustedHops.contains(exchange.peer.host)
    else { return }
    exchange.note(LogField("parent", id.text(in: bytes)))
  }

  func forward(_ request: UpstreamRequest, by token: VerifiedToken?, for exchange: Exchange) {
    Forward(
      exchange, request, by: token, through: client, to: upstreams[request.upstream],
      among: streams
    ).start()
  }
}

extension Exchange {
  func deny(_ denial: Denial) {
    respond(
      denial.response(explainedAt: problems),
      noting: [LogField(reason: denial.reason), LogField("detail", denial.detail)])
  }
}
