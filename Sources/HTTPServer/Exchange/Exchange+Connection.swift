internal import Diagnostics
internal import HTTP
public import Transport

extension Exchange: ConnectionHandler {
  /// A TLS handshake is done: the first request is awaited.
  public func connectionOpened(_ connection: Connection) {
    connection.setDeadline(after: server.limits.idleTimeout.milliseconds)
    guard isHandshaking else { return }
    isHandshaking = false
    stand.meter.count(connection.isResumed ? .resumed : .full)
  }

  /// Bytes came: a head, content, or the next request while this one is answered.
  public func connectionReceived(_ connection: Connection) {
    processInput()
  }

  /// The client sends no more; a request that is already here is still answered, a stream is not.
  public func connectionEnded(_ connection: Connection) {
    switch phase {
    case .answering: flags.isPersistent = false
    case .closed: return
    case .head, .content, .deciding, .streaming: connection.close()
    }
  }

  /// The client does not read: its time to do so runs.
  public func connectionBlocked(_ connection: Connection) { armDeadline(connection) }

  /// The client has taken enough of what waited for it.
  public func connectionDrained(_ connection: Connection) {
    if phase == .streaming { delegate?.exchangeDrained(self) } else { processInput() }
  }

  /// The connection is gone: so is the request.
  public func connectionClosed(_ connection: Connection, by cause: CloseCause) {
    let delegate = self.delegate
    self.delegate = nil
    // First, while what is known of the request is still here.
    if phase == .streaming { delegate?.exchangeAborted(self) }
    if phase == .answering || phase == .streaming || phase == .deciding || phase == .content,
      !flags.hasEndedResponse
    {
      // The status that nginx made known for a client that left.
      if !flags.hasBegunResponse { entry.status = 499 }
      log()
    }
    if isHandshaking { stand.meter.count(.failed) }
    countBytes(of: connection)
    phase = .closed
    collected = nil
    self.connection = nil
    server.forget(self)
  }

  /// Goes through what is in the buffer as far as it can, then sends what that produced.
  func processInput() {
    guard !flags.isProcessing, let connection else { return }
    flags.isProcessing = true
    var goesOn = true
    while goesOn, hasRoom(connection) {
      switch phase {
      case .head: goesOn = readHead(connection)
      case .content: goesOn = collectContent(connection)
      case .streaming: goesOn = passContent(connection)
      case .answering, .deciding, .closed: goesOn = false
      }
    }
    flags.isProcessing = false
    guard phase != .closed, !connection.isClosed else { return }
    connection.flush()
    guard !connection.isClosed else { return }
    armDeadline(connection)
    if wantsInput { connection.resumeReading() }
    connection.releaseInput()
  }

  /// Who sends requests without reading the answers gets no more of them; `connectionDrained` goes on.
  private func hasRoom(_ connection: Connection) -> Bool {
    if connection.pendingBytes > Connection.highWater { connection.flushNow() }
    return !connection.isCongested && !connection.isClosed
  }

  private var wantsInput: Bool {
    switch phase {
    case .head, .content: true
    case .streaming: !reader.isDone && !flags.isContentPaused
    case .answering, .deciding, .closed: false
    }
  }
}
