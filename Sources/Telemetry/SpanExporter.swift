public import Diagnostics
public import HTTP
public import HTTPClient
public import Transport

/// Sends finished spans to a collector, as OTLP over HTTP.
///
/// It has a loop and a thread of its own. One batch is on its way at a time; one that the collector
/// may take later is sent again with growing pauses, and then given up.
///
/// `@unchecked Sendable`: everything but `start` and `finish` happens on its loop.
public final class SpanExporter: @unchecked Sendable {
  /// Who is speaking.
  public struct Resource: Sendable {
    let service: String
    let version: String
    let instance: String

    /// A resource by `service.name`, `service.version` and `service.instance.id`.
    public init(service: String, version: String, instance: String) {
      self.service = service
      self.version = version
      self.instance = instance
    }
  }

  /// The most spans of one request.
  public static let batchSize = 512
  /// The most spans that wait.
  public static let capacity = 8192
  /// How often what waits is sent, full batch or not, in milliseconds.
  static let interval: Int64 = 1000
  /// How often a batch is tried.
  static let attempts = 5
  /// The pause before the second attempt in milliseconds; each further one is twice as long.
  static let firstPause: Int64 = 500
  /// How long the end of the process waits for the last batch, in milliseconds.
  static let farewell: Int64 = 2000

  /// A batch on its way.
  private struct Batch {
    let spans: Int
    let body: [UInt8]
    var attempt = 1
  }

  private let loop: EventLoop
  private let client: HTTPClient
  private let collector: Upstream
  private let headFields: [UInt8]
  private let tracer: Tracer
  private let resource: Resource
  private let log: Log
  private var thread: LoopThread?
  private var batch: Batch?
  private var status = 0
  private var clockOffset: Int64 = 0
  private var isFailing = false
  private var farewell: WaitSignal?

  /// An exporter to a collector; `fields` go with every request and may hold secrets.
  public init(
    _ tracer: Tracer, to collector: Upstream, authority: FieldValue,
    fields: [(name: FieldName, value: Secret<FieldValue>)], resource: Resource, log: Log
  ) throws(SystemError) {
    loop = try EventLoop()
    client = HTTPClient(loop: loop)
    self.collector = collector
    self.tracer = tracer
    self.resource = resource
    self.log = log
    var lines = "host: \(authority.text)\r\nuser-agent: sallyport/\(resource.version)\r\n"
    for field in fields { lines += "\(field.name.rawValue): \(field.value.reveal().text)\r\n" }
    headFields = Array(lines.utf8)
  }

  /// Starts to export.
  public func start() throws(SystemError) {
    thread = try LoopThread(name: "telemetry", loop: loop)
    tracer.wake(at: Self.batchSize) { [self] in loop.post { [self] in sendNext() } }
    loop.post { [self] in tick() }
  }

  /// Sends what still waits, for a moment at most, and ends.
  public func finish() {
    let signal = WaitSignal()
    loop.post { [self] in
      farewell = signal
      loop.schedule(after: Self.farewell) { [self] in leave() }
      sendNext()
    }
    signal.wait()
    thread?.stop()
  }

  private func leave() {
    farewell?.raise()
    farewell = nil
  }

  private func tick() {
    loop.schedule(after: Self.interval) { [self] in
      sendNext()
      tick()
    }
  }

  /// Sends the next batch unless one is on its way.
  private func sendNext() {
    guard batch == nil else { return }
    let spans = tracer.take(upTo: Self.batchSize)
    guard !spans.isEmpty else {
      leave()
      return
    }
    adjustClock()
    let text = SpanText(resource: resource, clockOffset: clockOffset).text(spans)
    batch = Batch(spans: spans.count, body: text)
    send(fresh: false)
  }

  /// Follows the wall clock, but not its last digits: spans of one trace must fit together.
  private func adjustClock() {
    let offset =
      Clock.system.now().milliseconds &* 1000
      &- Int64(clamping: EventLoop.monotonicMicroseconds())
    if abs(offset &- clockOffset) > 5000 { clockOffset = offset }
  }

  private func send(fresh: Bool) {
    guard let body = batch?.body else { return }
    status = 0
    let head =
      Array("POST /v1/traces HTTP/1.1\r\n".utf8) + headFields
      + Array("content-type: application/json\r\ncontent-length: \(body.count)\r\n\r\n".utf8)
    do throws(ClientFault) {
      let connection = try client.send(
        head: head, to: collector, answersHead: false, fresh: fresh, delegate: self)
      body.withUnsafeBytes { connection.send($0) }
      connection.endRequest()
    } catch {
      settle("\(error.code.rawValue)", isFinal: false)
    }
  }

  /// What the collector said: taken, not now, or never.
  private func settle(_ fault: String?, isFinal: Bool) {
    guard var batch else { return }
    guard let fault else {
      tracer.count(batch.spans, .exported)
      report(nil)
      self.batch = nil
      sendNext()
      return
    }
    report(fault)
    guard !isFinal, batch.attempt < Self.attempts, farewell == nil else {
      tracer.count(batch.spans, .failed)
      self.batch = nil
      leave()
      return
    }
    let pause = Self.firstPause << Int64(batch.attempt - 1)
    batch.attempt += 1
    self.batch = batch
    loop.schedule(after: pause) { [self] in send(fresh: true) }
  }

  /// A fault that lasts is logged when it begins and when it ends.
  private func report(_ fault: String?) {
    guard isFailing != (fault != nil) else { return }
    isFailing = fault != nil
    if let fault {
      log.write(
        .warning, "tracing.failed", "the collector does not take spans",
        [LogField("collector", collector.name), LogField("detail", fault)])
    } else {
      log.write(
        .notice, "tracing.recovered", "the collector takes spans",
        [LogField("collector", collector.name)])
    }
  }
}

// MARK: - The collector's answer

extension SpanExporter: ClientDelegate {
  /// Nothing is done with interim answers.
  public func client(
    _ connection: ClientConnection, receivedInterim head: borrowing ResponseHead,
    in bytes: Span<UInt8>
  ) {}

  /// Keeps the status.
  public func client(
    _ connection: ClientConnection, receivedHead head: borrowing ResponseHead,
    in bytes: Span<UInt8>
  ) { status = head.status.code }

  /// What it says besides its status is not read.
  public func client(_ connection: ClientConnection, received bytes: UnsafeRawBufferPointer) {}

  /// Nothing waits to be flushed.
  public func clientHandedOut(_ connection: ClientConnection) {}

  /// Decides by the status.
  public func clientReceivedAll(_ connection: ClientConnection) {
    switch status {
    case 200..<300: settle(nil, isFinal: false)
    // "Retryable Response Codes" of OTLP/HTTP.
    case 429, 502, 503, 504: settle("status \(status)", isFinal: false)
    default: settle("status \(status)", isFinal: true)
    }
  }

  /// The whole body is handed over at once.
  public func clientDrained(_ connection: ClientConnection) {}

  /// Tries again; a kept connection that was dead costs no attempt.
  public func client(_ connection: ClientConnection, failed fault: ClientFault) {
    if fault == .stale { send(fresh: true) } else { settle(fault.code.rawValue, isFinal: false) }
  }
}
