internal import CLinux
internal import Glibc

/// One stream socket with its buffers, plain or TLS: the handler sees the same either way.
///
/// It holds memory only while bytes wait in it. One read takes one `recv`; what is appended and
/// flushed leaves with one `send` at the end of the loop's turn. epoll tells each change once, so
/// that neither pausing nor waiting for room costs a system call. Bound to its loop.
public final class Connection: EventSource {
  /// Bytes waiting to be written above which the owner should stop producing; ciphertext for TLS.
  public static let highWater = 64 * 1024
  /// Bytes waiting below which `connectionDrained` comes.
  public static let lowWater = 16 * 1024

  /// The most bytes that `readable` holds.
  public static let inputCapacity = Chunk.size

  enum State {
    case connecting
    case handshaking
    case open
    /// Everything is answered: what waits is written, what comes is thrown away.
    case lingering
    case closed
  }

  struct Flags {
    var isPaused = false
    var hasEnded = false
    var isCongested = false
    var isShutDown = false
    var wantsShutdown = false
    var isReading = false
    var isReadScheduled = false
    /// `flush` was called in this turn.
    var isSendQueued = false
    /// The socket took less than all; epoll tells when it takes more.
    var isBlocked = false
    /// The socket may hold bytes, an end or an error that were not read.
    var hasUnread = false
    /// An end or an error lies behind the bytes.
    var isEnding = false
  }

  /// Where the peer is.
  public let peer: SocketAddress
  @exclusivity(unchecked) var handler: (any ConnectionHandler)?
  @exclusivity(unchecked) var state: State
  @exclusivity(unchecked) var flags = Flags()
  @exclusivity(unchecked) var input = InputBuffer()
  /// Bytes for the wire.
  @exclusivity(unchecked) var output = OutputQueue()
  /// Plaintext that `flush` will encrypt; unused without TLS.
  @exclusivity(unchecked) var staged = OutputQueue()
  @exclusivity(unchecked) var tls: TLSSession?
  /// When the socket last took a byte, in the loop's milliseconds.
  @exclusivity(unchecked) var lastProgress: UInt64 = 0
  /// Bytes on the wire since `takeByteCounts`.
  @exclusivity(unchecked) var received: UInt64 = 0
  @exclusivity(unchecked) var sent: UInt64 = 0
  /// Milliseconds to go on reading after the last byte left, and to wait for a byte to leave.
  var linger: (after: Int64, stall: Int64) = (0, 0)

  /// A connection that was accepted; the handler hears of it through `connectionOpened`.
  ///
  /// Owns the descriptor from here on. Nil when the kernel cannot watch it: it is closed then.
  public init?(
    loop: EventLoop, accepted descriptor: Int32, peer: SocketAddress,
    tls context: TLSContext? = nil,
    handler: any ConnectionHandler
  ) {
    self.peer = peer
    self.handler = handler
    tls = context.flatMap { TLSSession(accepting: $0) }
    state = context == nil ? .open : .handshaking
    super.init(loop: loop, descriptor: descriptor)
    tls?.owner = self
    guard watch(Readiness.changes), context == nil || tls != nil else {
      closeDescriptor()
      return nil
    }
    if state == .open { handler.connectionOpened(self) }
  }

  init(
    loop: EventLoop, connecting descriptor: Int32, peer: SocketAddress, tls session: TLSSession?,
    handler: any ConnectionHandler
  ) {
    self.peer = peer
    self.handler = handler
    tls = session
    state = .connecting
    super.init(loop: loop, descriptor: descriptor)
    session?.owner = self
  }

  /// Whether the peer said that it will send no more.
  public var hasEnded: Bool { flags.hasEnded }

  /// Whether bytes can travel: connected, TLS handshake done.
  public var isEstablished: Bool { state == .open }

  /// Whether the bytes travel over TLS.
  public var isSecure: Bool { tls != nil }

  /// Whether the TLS handshake resumed an earlier session.
  public var isResumed: Bool { tls?.isResumed ?? false }

  /// How many bytes came and went on the wire since this was last asked.
  public func takeByteCounts() -> (received: UInt64, sent: UInt64) {
    defer { (received, sent) = (0, 0) }
    return (received, sent)
  }

  /// Who is at the other end of a unix socket.
  public var peerCredentials: PeerCredentials? { PeerCredentials(of: descriptor) }

  /// Hands the connection to another owner.
  public func replaceHandler(_ handler: any ConnectionHandler) { self.handler = handler }

  /// Sets or moves the deadline to some milliseconds from now; cheap when it moves later.
  public func setDeadline(after milliseconds: Int64) {
    guard !isClosed else { return }
    loop.setDeadline(of: self, loop.now &+ UInt64(max(0, milliseconds)))
  }

  /// Takes the deadline away.
  public func clearDeadline() { deadline = TimerNode.never }

  override func deadlinePassed() {
    switch state {
    case .closed: return
    case .lingering: lingerExpired()
    case .connecting: finish(.refused(SystemError("connect", code: ETIMEDOUT)))
    case .handshaking, .open: handler?.connectionExpired(self)
    }
  }

  override func ready(_ events: UInt32) {
    if state == .connecting { connected() }
    if flags.isBlocked, events & Readiness.output != 0 {
      flags.isBlocked = false
      flushNow()
    }
    guard !isClosed, events & (Readiness.input | Readiness.end) != 0 else { return }
    flags.hasUnread = true
    if events & Readiness.end != 0 { flags.isEnding = true }
    if flags.isPaused || flags.hasEnded, events & Readiness.failure != 0, state != .lingering {
      failed()
    } else {
      readReady()
    }
  }

  /// Closes at once; what was not flushed, or what the socket does not take, is lost.
  public func close() {
    if flags.isSendQueued { flushNow() }
    guard state != .closed else { return }
    notifyClose()
    finish(.ours)
  }

  /// Ends the connection and tells the owner, once.
  func finish(_ cause: CloseCause) {
    guard state != .closed else { return }
    state = .closed
    closeDescriptor()
    input.discard(loop.chunks)
    output.discard(loop.chunks)
    staged.discard(loop.chunks)
    tls = nil
    let handler = self.handler
    self.handler = nil
    handler?.connectionClosed(self, by: cause)
  }

  /// The peer is gone while nothing is read or written.
  private func failed() {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
    finish(.failed(SystemError("recv", code: code == 0 ? ECONNRESET : code)))
  }
}
