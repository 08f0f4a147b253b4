internal import Diagnostics
internal import HTTP
internal import Transport

extension Exchange {
  /// Parses a head and begins its request; false when there is no whole head.
  func readHead(_ connection: Connection) -> Bool {
    let readable = connection.readable
    guard !readable.isEmpty else { return false }
    server.parser.reset()
    do throws(MessageFault) {
      guard try server.parser.parse(readable.span) else {
        guard !connection.isInputFull else { throw .headTooLong }
        return false
      }
    } catch {
      beginRequest()
      refuse(error.status, error.code)
      return true
    }
    beginRequest()
    // A copy, since the parser may be used again while this request is routed.
    let head = server.parser.head
    headLength = head.length
    reader.start(head.framing)
    begin(head, in: readable.span, connection)
    return true
  }

  private func begin(
    _ head: borrowing RequestHead, in bytes: Span<UInt8>, _ connection: Connection
  ) {
    flags.isHead = head.knownMethod == .head
    entry.method = head.knownMethod
    flags.isHTTP10 = head.version == .http10
    flags.isPersistent =
      head.isPersistent && requestCount < server.limits.requestsPerConnection
      && !connection.hasEnded
    flags.expectsContinue = head.expectsContinue
    joinTrace(head, in: bytes)
    if server.isRecording || flags.isTraced {
      let method = bytes.extracting(head.method.range)
      head.target.withPath(in: bytes) { entry.note(method: method, path: $0) }
    }
    // Loops the request back, credentials included (RFC 9110 9.3.8).
    guard head.knownMethod != .trace else {
      refuse(.notImplemented, .httpTrace)
      return
    }
    route(head, in: bytes, connection)
  }

  private func route(
    _ head: borrowing RequestHead, in bytes: Span<UInt8>, _ connection: Connection
  ) {
    let site = stand.site
    guard site.serves(head.host, in: bytes) else {
      decline(.misdirectedRequest, .httpMisdirected, on: connection)
      return
    }
    guard head.target.form != .asterisk else {
      answer(Response(status: .noContent), withoutContentOn: connection)
      return
    }
    let decision = head.target.withPath(in: bytes) {
      site.router.decide(head, path: $0, in: bytes)
    }
    entry.handler = .endpoint
    switch decision {
    case .endpoint(let endpoint, let description):
      collect(head, in: bytes, for: endpoint, description, connection)
    case .answer(let response):
      if response.status == .methodNotAllowed { note(LogField(reason: .httpMethodNotAllowed)) }
      answer(response, withoutContentOn: connection)
    case .none:
      switch site.fallback {
      case .none:
        decline(.notFound, .httpNoEndpoint, on: connection)
      case .endpoint(let endpoint):
        collect(head, in: bytes, for: endpoint, endpoint.description, connection)
      case .stream(let handler):
        phase = .deciding
        entry.handler = .proxy
        guard isWithinStreamLimit(head) else {
          refuse(.contentTooLarge, .httpBodyTooLong)
          return
        }
        handler.handle(self, head, in: bytes)
      }
    }
  }

  /// Answers that nobody serves the request; the connection may go on.
  private func decline(_ status: Status, _ reason: ReasonCode, on connection: Connection) {
    note(LogField(reason: reason))
    answer(problem(status), withoutContentOn: connection)
  }

  /// Answers a request whose content nobody wants.
  func answer(_ response: Response, withoutContentOn connection: Connection) {
    connection.consume(headLength)
    skipContent(connection)
    phase = .answering
    write(response)
    finish(connection)
  }

  /// Passes over content that has already come; a connection with more of it closes.
  private func skipContent(_ connection: Connection) {
    while !reader.isDone, !connection.readable.isEmpty {
      // What is wrong with content that nobody reads only matters to what would follow it.
      guard let (_, used) = try? reader.next(in: connection.readable) else { break }
      connection.consume(used)
    }
    if !reader.isDone { flags.isPersistent = false }
  }

  private func isWithinStreamLimit(_ head: borrowing RequestHead) -> Bool {
    let limit = server.limits.streamedBodyBytes
    guard limit > 0, case .length(let length) = head.framing else { return true }
    return Int64(length) <= limit
  }

  /// Answers a request that cannot be served, and closes: where the next one begins is unknown.
  func refuse(_ status: Status, _ code: ReasonCode) {
    guard let connection, !flags.hasBegunResponse else {
      connection?.close()
      return
    }
    flags.isPersistent = false
    delegate = nil
    collected = nil
    phase = .answering
    note(LogField(reason: code))
    write(problem(status, detail: code))
    finish(connection)
  }
}
