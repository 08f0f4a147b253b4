public import Diagnostics
public import HTTP
internal import Transport

extension Exchange {
  /// Writes a whole response.
  func write(_ response: Response) {
    let framing: ResponseFraming =
      response.status.forbidsContent ? .none : .length(response.body.count)
    writeHead(response.status, framing, hasDate: false) { writer in
      writer.append(response.fields)
      if flags.isCrossOrigin, response.fields[.accessControlAllowOrigin] == nil {
        writer.append(.accessControlAllowOrigin, "*")
        writer.append(.accessControlExposeHeaders, "Retry-After, WWW-Authenticate, X-Request-Id")
      }
    }
    guard framing != .none, !flags.isHead else { return }
    entry.bytes += response.body.count
    response.body.withUnsafeBytes { connection?.append($0) }
  }

  /// Writes a status line and fields, and those that are the server's own.
  func writeHead(
    _ status: Status, _ framing: ResponseFraming, hasDate: Bool,
    _ fields: (inout HeadWriter) -> Void
  ) {
    let server = server
    flags.hasBegunResponse = true
    entry.status = status.code
    server.writer.removeAll()
    server.writer.begin(status)
    fields(&server.writer)
    if !hasDate { server.writer.append(dateAt: server.loop.wallTime, &server.dates) }
    server.writer.append(.requestID, id)
    writeFraming(framing)
    if server.isDraining { flags.isPersistent = false }
    if !flags.isPersistent {
      server.writer.append(.connection, "close")
    } else if flags.isHTTP10 {
      server.writer.append(.connection, "keep-alive")
    }
    server.writer.end()
    server.writer.bytes.withUnsafeBytes { connection?.append($0) }
  }

  private func writeFraming(_ framing: ResponseFraming) {
    let server = server
    switch framing {
    case .none: return
    case .length(let length): server.writer.append(.contentLength, length)
    case .stream where flags.isHTTP10:
      // RFC 9112 7: no transfer coding for a client that did not say HTTP/1.1.
      flags.isPersistent = false
    case .stream:
      flags.isChunkedResponse = true
      server.writer.append(.transferEncoding, "chunked")
    }
  }

  /// The response is written: logs it, and makes ready for the next request or closes.
  func finish(_ connection: Connection) {
    flags.hasEndedResponse = true
    log()
    delegate = nil
    guard flags.isPersistent, reader.isDone, !server.isDraining else {
      phase = .closed
      connection.closeAfterFlush(
        lingering: server.limits.lingerTimeout.milliseconds,
        stall: server.limits.stallTimeout.milliseconds)
      return
    }
    phase = .head
    flags.isHeadTimed = false
    connection.resumeReading()
  }

  /// Counts the request, and writes its line.
  func log() {
    entry.microseconds = Int(EventLoop.monotonicMicroseconds() &- entry.begin)
    meter.count(entry.method, entry.status, microseconds: entry.microseconds)
    if let connection { countBytes(of: connection) }
    if flags.isTraced { recordRequest() }
    let server = server
    guard server.isRecording else { return }
    entry.time = server.loop.wallTime
    server.accessLog.append(entry, from: peerText, at: entry.time, now: server.loop.now)
    if let event = entry.audited { server.audit?.record(event, entry.auditFields) }
    server.decisions.keep(&entry)
  }

  func countBytes(of connection: Connection) {
    let (received, sent) = connection.takeByteCounts()
    stand.meter.received.add(received)
    stand.meter.sent.add(sent)
  }
}

extension Exchange {
  /// A problem document of a status, whose type leads to this listener's page on it.
  public func problem(_ status: Status, detail: ReasonCode? = nil) -> Response {
    .problem(status, PublicError(status: status.code), detail: detail, at: problems)
  }

  /// Where the problems of this listener are explained.
  public var problems: ProblemPages { stand.site.router.problems }
}

extension Response {
  /// A problem document (RFC 9457) of a status, with a stable reason code if there is one.
  public static func problem(
    _ status: Status, _ error: PublicError? = nil, detail: ReasonCode? = nil,
    at pages: ProblemPages = .none
  ) -> Response {
    let reason = detail.map { ",\"detail\":\"\($0)\"" } ?? ""
    let text =
      "{\"type\":\"\(pages.uri(of: error))\",\"title\":\"\(status.reason)\","
      + "\"status\":\(status.code)\(reason)}\n"
    return Response(
      status: status, fields: Fields([.contentType: "application/problem+json"]),
      body: Array(text.utf8))
  }
}
