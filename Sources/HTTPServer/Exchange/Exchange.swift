public import Diagnostics
public import HTTP
public import Transport

/// One connection's present request and the way to its answer.
///
/// The object lives as long as the connection and serves one request after the other; who keeps it
/// beyond a call compares `generation` before using it again. Bound to its loop.
public final class Exchange {
  enum Phase {
    /// A head is awaited: none of it or a part has come.
    case head
    /// An endpoint's content is being read.
    case content
    /// The request is whole and an endpoint has it.
    case answering
    /// A stream handler decides on the head, whose bytes are still in the buffer.
    case deciding
    /// A stream handler has accepted the request.
    case streaming
    /// Nothing more will be read.
    case closed
  }

  struct Flags {
    /// The connection may carry another request after this one.
    var isPersistent = false
    var isHead = false
    var isHTTP10 = false
    var expectsContinue = false
    /// A part of a head has come and its time runs.
    var isHeadTimed = false
    var hasBegunResponse = false
    var hasEndedResponse = false
    var isChunkedResponse = false
    /// The end of the last chunk's content is written with the next chunk.
    var owesChunkEnd = false
    var isContentPaused = false
    /// `processInput` is on the stack: it goes on by itself.
    var isProcessing = false
    /// Answers of the present endpoint may be read across origins.
    var isCrossOrigin = false
    /// The caller named a trace.
    var isTraceForeign = false
    /// Spans of the present request are recorded.
    var isTraced = false
  }

  /// Outlives its exchanges: it lists each until its connection has closed.
  unowned(unsafe) let server: HTTPServer
  let stand: Stand
  @exclusivity(unchecked) var connection: Connection?
  /// Where the server's list has it.
  var index = 0
  @exclusivity(unchecked) var phase = Phase.head
  @exclusivity(unchecked) var flags = Flags()
  @exclusivity(unchecked) var entry = AccessEntry()
  /// The peer's address as the access log has it, made once for each connection.
  @exclusivity(unchecked) var peerText: [UInt8] = []
  /// What counts the present request.
  @exclusivity(unchecked) var meter: RequestMeter
  /// What takes the present request, by name; known only while it is recorded.
  @exclusivity(unchecked) var handler = ""
  /// A TLS handshake is under way.
  @exclusivity(unchecked) var isHandshaking = false
  @exclusivity(unchecked) var reader = ContentReader()
  @exclusivity(unchecked) var delegate: (any ExchangeDelegate)?
  /// What waits while an endpoint's content is read.
  @exclusivity(unchecked) var collected: CollectedRequest?
  @exclusivity(unchecked) var requestCount = 0
  /// Bytes of the present head, which stay in the buffer while a stream handler decides.
  @exclusivity(unchecked) var headLength = 0
  /// When the content began to be read, in the loop's milliseconds, and how much has come.
  @exclusivity(unchecked) var contentStart: UInt64 = 0
  @exclusivity(unchecked) var contentCount: Int64 = 0
  /// When the handler last asked for no more content for now.
  @exclusivity(unchecked) var pauseStart: UInt64 = 0

  /// Who is at the other end.
  @exclusivity(unchecked) public private(set) var peer: PeerAddress
  /// Counts the requests of the connection: another value means that this request is over.
  @exclusivity(unchecked) public private(set) var generation: UInt32 = 0

  /// The name of the present request.
  public var id: RequestID { entry.id }
  /// The loop that everything of this exchange happens on.
  public var loop: EventLoop { server.loop }
  /// Whether the request came over TLS.
  public var isSecure: Bool { connection?.isSecure ?? false }
  /// The moment the request was read, as the loop's wall clock said.
  public var time: UnixTime { server.loop.wallTime }

  init(server: HTTPServer, stand: Stand, peer: SocketAddress) {
    self.server = server
    self.stand = stand
    self.peer = PeerAddress(peer, user: 0)
    meter = stand.meter.unrouted
    isHandshaking = stand.tls != nil
  }

  /// Takes the connection that was made for it.
  func adopt(_ connection: Connection) {
    guard !connection.isClosed else { return }
    self.connection = connection
    if connection.peer.isUnix, let credentials = connection.peerCredentials {
      peer = PeerAddress(connection.peer, user: credentials.user)
    }
    if server.accessLog.isOn { peerText = Array(peer.description.utf8) }
    // The first bytes of a TLS connection are its handshake, which is as urgent as a head.
    let limits = server.limits
    connection.setDeadline(
      after: (isSecure ? limits.headTimeout : limits.idleTimeout).milliseconds)
  }

  /// Begins a request: from here on everything of the one before is void.
  func beginRequest() {
    generation &+= 1
    requestCount += 1
    entry.start(RequestID.next(), from: peer, at: server.loop.nowMicroseconds)
    meter = stand.meter.unrouted
    if flags.isTraced { handler = "" }
    flags = Flags(isProcessing: flags.isProcessing)
    contentCount = 0
  }

  /// Says what the present request counts as.
  public func measure(as meter: RequestMeter, named handler: String) {
    self.meter = meter
    if flags.isTraced { self.handler = handler }
  }

  /// Adds a field to what the logs say of the request.
  public func note(_ field: LogField) {
    if server.isRecording { entry.note(field) }
  }
}

extension PeerAddress {
  init(_ address: SocketAddress, user: UInt32) {
    switch address {
    case .ipv4(let host, let port): self.init(host: .ipv4(host), port: port)
    case .ipv6(let high, let low, let port):
      self.init(host: .ipv6(high: high, low: low), port: port)
    case .unix: self.init(host: .unix(user: user), port: 0)
    }
  }
}
