internal import Diagnostics
internal import HTTP
internal import HTTPClient
internal import HTTPServer
internal import Tokens
internal import Transport

/// One request on its way to the upstream and its answer on the way back, both as streams.
///
/// Whoever is slower sets the pace: a side above its high-water mark pauses the other's reading, so
/// that memory is bounded whatever the length. Bound to its loop.
final class Forward {
  let exchange: Exchange
  let request: UpstreamRequest
  /// What lets the exchange go on; nil where none is asked for.
  let token: VerifiedToken?
  private let streams: OpenStreams?
  /// Where `streams` has it.
  @exclusivity(unchecked) var place: Int?
  private let client: HTTPClient
  private let upstream: Upstream
  @exclusivity(unchecked) private var connection: ClientConnection?
  @exclusivity(unchecked) private var hasRetried = false
  /// When the call began, in the loop's microseconds, and its answer's status.
  private let begin: UInt64
  @exclusivity(unchecked) private var status = 0
  /// A byte of the request's content has gone out, so that it cannot be sent again.
  @exclusivity(unchecked) private var hasSentContent = false
  /// The request's content, if it has any, has come to its end.
  @exclusivity(unchecked) private var hasAllContent: Bool

  init(
    _ exchange: Exchange, _ request: UpstreamRequest, by token: VerifiedToken?,
    through client: HTTPClient, to upstream: Upstream, among streams: OpenStreams?
  ) {
    self.token = token
    self.streams = streams
    self.exchange = exchange
    self.request = request
    self.client = client
    self.upstream = upstream
    begin = exchange.loop.nowMicroseconds
    hasAllContent = request.framing == .empty || request.framing == .length(0)
  }

  deinit { leave() }

  /// Sends the request; the exchange and the client's connection hold the object from here on.
  func start() {
    guard open(fresh: false) else { return }
    if token?.isOwn ?? false { place = streams?.insert(self, on: exchange.loop) }
    let hasNone = hasAllContent
    exchange.accept(self)
    if hasNone {
      endRequest()
    } else if !exchange.hasBufferedContent {
      connection?.flush()
    }
  }

  /// Says that the content is complete, once it is or where there is none.
  private func endRequest() {
    if request.framing == .chunked { connection?.append("0\r\n\r\n") }
    connection?.endRequest()
  }

  /// False when no connection can be had: the exchange is answered then.
  private func open(fresh: Bool) -> Bool {
    do throws(ClientFault) {
      connection = try client.send(
        head: request.head, to: upstream, answersHead: request.isHead, fresh: fresh, delegate: self)
      return true
    } catch {
      refuse(error)
      return false
    }
  }

  /// Is no open stream any more; the exchange goes on to another request.
  private func leave() {
    guard let place else { return }
    streams?.remove(place)
    self.place = nil
  }

  /// Ends the exchange, as its token was revoked: with an answer if none has begun.
  func endRevoked(by entry: Revocation) {
    leave()
    connection?.abort()
    connection = nil
    let refusal = TokenRefusal.revoked(entry)
    guard exchange.hasBegunResponse else {
      exchange.deny(.revoked(refusal))
      return
    }
    exchange.note(LogField(reason: refusal.code))
    exchange.note(LogField("detail", refusal))
    exchange.abort()
  }

  private func refuse(_ fault: ClientFault) {
    leave()
    connection = nil
    if exchange.isTraced { recordCall(fault.code) }
    exchange.note(LogField(reason: fault.code))
    guard !exchange.hasBegunResponse else {
      exchange.abort()
      return
    }
    let status: Status =
      fault == .exhausted ? .serviceUnavailable : fault.isTimeout ? .gatewayTimeout : .badGateway
    var response = exchange.problem(status, detail: fault.code)
    if fault == .exhausted { response.fields.append(.retryAfter, "1") }
    exchange.respond(response)
  }
}

// MARK: - What a trace tells of it

extension Forward {
  private func recordCall(_ fault: ReasonCode?) {
    var attributes = [LogField("sallyport.upstream", upstream.name)]
    attributes += upstream.serverFields
    if status > 0 { attributes.append(LogField("http.response.status_code", status)) }
    if let fault { attributes.append(LogField("error.type", fault.rawValue)) }
    exchange.recordCall(
      from: begin, attributes: attributes, isError: fault != nil || status >= 400)
  }
}

// MARK: - The request goes up

extension Forward: ExchangeDelegate {
  func exchange(_ exchange: Exchange, received bytes: UnsafeRawBufferPointer) {
    guard let connection else { return }
    hasSentContent = true
    if request.framing == .chunked {
      connection.appendChunkHead(bytes.count)
      connection.send(bytes)
      connection.append("\r\n")
    } else {
      connection.send(bytes)
    }
    if connection.isCongested { exchange.pauseContent() }
  }

  func exchangeReceivedAll(_ exchange: Exchange) {
    hasAllContent = true
    endRequest()
  }

  func exchangeDrained(_ exchange: Exchange) { connection?.resume() }

  func exchangeAborted(_ exchange: Exchange) {
    if exchange.isTraced { recordCall(nil) }
    leave()
    connection?.abort()
    connection = nil
  }
}

// MARK: - The answer comes down

extension Forward: ClientDelegate {
  func client(
    _ connection: ClientConnection, receivedInterim head: borrowing ResponseHead,
    in bytes: Span<UInt8>
  ) {
    exchange.sendInterim(head.status) { writer in
      writer.appendPassingFields(of: head, answersHead: request.isHead, in: bytes)
    }
  }

  func client(
    _ connection: ClientConnection, receivedHead head: borrowing ResponseHead,
    in bytes: Span<UInt8>
  ) {
    let framing: ResponseFraming =
      switch head.framing {
      case .empty: .none
      case .length(let length): .length(length)
      case .chunked, .untilClose: .stream
      }
    status = head.status.code
    exchange.beginResponse(head.status, framing, hasDate: head.fields.has(.date)) { writer in
      writer.appendPassingFields(of: head, answersHead: request.isHead, in: bytes)
    }
  }

  func client(_ connection: ClientConnection, received bytes: UnsafeRawBufferPointer) {
    exchange.send(bytes)
    if exchange.isCongested { connection.pause() }
  }

  func clientHandedOut(_ connection: ClientConnection) { exchange.flush() }

  func clientReceivedAll(_ connection: ClientConnection) {
    self.connection = nil
    if exchange.isTraced { recordCall(nil) }
    leave()
    exchange.endResponse()
  }

  func clientDrained(_ connection: ClientConnection) { exchange.resumeContent() }

  func client(_ connection: ClientConnection, failed fault: ClientFault) {
    guard fault == .stale, request.isIdempotent, !hasSentContent, !hasRetried else {
      refuse(fault)
      return
    }
    hasRetried = true
    guard open(fresh: true) else { return }
    if hasAllContent { endRequest() } else { self.connection?.flush() }
  }
}
