internal import Diagnostics
internal import HTTP
public import Transport

extension ClientConnection: ConnectionHandler {
  /// The connection is established: what was written meanwhile leaves.
  public func connectionOpened(_ connection: Connection) {
    unsentHead = []
    connection.flush()
    guard !connection.isClosed else { return }
    connection.setDeadline(after: upstream.limits.firstByteTimeout.milliseconds)
  }

  /// Bytes of an answer; without a request they are an offence.
  public func connectionReceived(_ connection: Connection) {
    guard phase != .idle else {
      connection.close()
      return
    }
    processInput()
  }

  /// The upstream closed its side: the end of the content, or of a kept connection, or a fault.
  public func connectionEnded(_ connection: Connection) {
    if connection.readable.isEmpty { inputEnded(connection) } else { processInput() }
  }

  /// The upstream has closed its side and all it sent was handed out, or is less than a head.
  func inputEnded(_ connection: Connection) {
    switch phase {
    case .idle, .closed: connection.close()
    case .content where reader.endsWithConnection:
      reader.start(.empty)
      isPersistent = false
      complete(connection)
    case .content: fail(.truncated)
    case .head: fail(hasAnswer ? .truncated : isReused ? .stale : .closed)
    }
  }

  /// The upstream does not read: the deadline that runs looks at that.
  public func connectionBlocked(_ connection: Connection) {}

  /// The upstream has taken enough of what waited.
  public func connectionDrained(_ connection: Connection) { delegate?.clientDrained(self) }

  /// Something took too long.
  public func connectionExpired(_ connection: Connection) {
    switch phase {
    case .idle, .closed: connection.close()
    case .head where !connection.isEstablished: fail(.connectTimeout)
    case .head where !hasEndedRequest: uploadExpired(connection)
    case .head: fail(hasAnswer ? .stalled : .firstByteTimeout)
    case .content where isPaused: return
    case .content: fail(.stalled)
    }
  }

  /// The client may be the slow one: only an upstream that takes nothing has stalled.
  private func uploadExpired(_ connection: Connection) {
    let limit = upstream.limits.readTimeout.milliseconds
    guard connection.isBlocked, connection.millisecondsSinceProgress >= limit else {
      connection.setDeadline(after: limit)
      return
    }
    fail(.stalled)
  }

  /// The descriptor is gone.
  public func connectionClosed(_ connection: Connection, by cause: CloseCause) {
    if case .refused = cause, phase == .head, tryNextAddress() { return }
    self.connection = nil
    let phase = self.phase
    self.phase = .closed
    pool.forget(self)
    let delegate = self.delegate
    self.delegate = nil
    guard phase == .head || phase == .content, let delegate else { return }
    let fault = fault(of: cause)
    upstream.meter.count(fault)
    delegate.client(self, failed: fault)
  }

  private func fault(of cause: CloseCause) -> ClientFault {
    switch cause {
    case .refused(let error): error.isTimeout ? .connectTimeout : .unreachable(error.description)
    case .tls(let reason): hasAnswer ? .truncated : .unreachable("TLS: \(reason)")
    case .ours, .failed: hasAnswer ? .truncated : isReused ? .stale : .closed
    }
  }
}
