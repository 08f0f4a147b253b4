public import Diagnostics
internal import HTTP
internal import Transport

// The request's place in a distributed trace (W3C Trace Context).
extension Exchange {
  /// Our place in the request's trace.
  public var trace: TraceContext { entry.trace }

  /// Whether the caller named the trace, and so may have said more of it in `tracestate`.
  public var isTraceForeign: Bool { flags.isTraceForeign }

  /// Whether spans of this request are recorded.
  public var isTraced: Bool { flags.isTraced }

  /// The place that a call on behalf of this request has.
  ///
  /// Where nothing is recorded it is the caller's own: a span in between that nobody exports would
  /// tear the trace apart.
  public var callTrace: TraceContext {
    isTraced ? trace.at(TraceContext.spanID(of: id, part: 1)) : trace
  }

  /// Joins the trace that the request names, or begins to record one if the tracer wants it.
  func joinTrace(_ head: borrowing RequestHead, in bytes: Span<UInt8>) {
    // "If the vendor failed to parse traceparent, it MUST NOT attempt to parse tracestate" (4.2).
    if let field = head.fields.first(.traceparent), !head.fields.isRepeated(.traceparent),
      let caller = TraceContext(bytes.extracting(field.value.range))
    {
      flags.isTraceForeign = true
      flags.isTraced = caller.isSampled && server.tracer != nil
      entry.parentSpan = caller.span
      entry.trace = flags.isTraced ? caller.at(entry.trace.span) : caller
    } else if let tracer = server.tracer, tracer.samples(entry.trace) {
      flags.isTraced = true
      entry.trace = entry.trace.sampled(true)
    }
  }

  /// Records the span of the whole request.
  func recordRequest() {
    let method = String(decoding: entry.methodBytes, as: UTF8.self)
    var attributes = [
      LogField("http.request.method", method),
      LogField("url.path", String(decoding: entry.pathBytes, as: UTF8.self)),
      LogField("url.scheme", isSecure ? "https" : "http"),
      LogField("http.response.status_code", entry.status),
      LogField("client.address", peer.host.description),
      LogField("sallyport.request_id", id),
    ]
    if !handler.isEmpty { attributes.append(LogField("http.route", handler)) }
    if entry.status >= 500 { attributes.append(LogField("error.type", "\(entry.status)")) }
    server.tracer?.record(
      SpanRecord(
        trace, parent: entry.parentSpan, name: handler.isEmpty ? method : "\(method) \(handler)",
        kind: .server, from: entry.begin, to: entry.begin &+ UInt64(max(0, entry.microseconds)),
        attributes: attributes, isError: entry.status >= 500))
  }

  /// Records the span of a call that was made for this request at `callTrace`.
  public func recordCall(from begin: UInt64, attributes: [LogField], isError: Bool) {
    guard isTraced else { return }
    let method = String(decoding: entry.methodBytes, as: UTF8.self)
    server.tracer?.record(
      SpanRecord(
        callTrace, parent: trace.span, name: method, kind: .client, from: begin,
        to: EventLoop.monotonicMicroseconds(),
        attributes: [LogField("http.request.method", method)] + attributes, isError: isError))
  }
}
