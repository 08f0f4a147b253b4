internal import Diagnostics
internal import HTTP
internal import Transport

extension ClientConnection {
  /// Reads a head; false when it is not whole.
  func readHead(_ connection: Connection) -> Bool {
    let readable = connection.readable
    guard !readable.isEmpty else { return false }
    hasAnswer = true
    let client = pool.client
    client.parser.reset()
    do throws(MessageFault) {
      guard try client.parser.parse(readable.span, answersHead: answersHead) else {
        guard !connection.isInputFull else { throw .headTooLong }
        connection.setDeadline(after: upstream.limits.readTimeout.milliseconds)
        return false
      }
    } catch {
      fail(.malformed(error))
      return false
    }
    // A copy, since the parser may be used again while this head is handed out.
    let head = client.parser.head
    if head.status.isInterim { return takeInterim(head, in: readable.span, connection) }
    isPersistent = head.isPersistent
    reader.start(head.framing)
    status = head.status.code
    phase = .content
    delegate?.client(self, receivedHead: head, in: readable.span)
    guard phase == .content else { return false }
    connection.consume(head.length)
    return true
  }

  private func takeInterim(
    _ head: borrowing ResponseHead, in bytes: Span<UInt8>, _ connection: Connection
  ) -> Bool {
    guard head.status != .switchingProtocols else {
      fail(.switchedProtocols)
      return false
    }
    if head.status != .continue { delegate?.client(self, receivedInterim: head, in: bytes) }
    guard phase == .head else { return false }
    connection.consume(head.length)
    return true
  }

  /// Hands content to the delegate; false when more must come or nobody wants any now.
  func passContent(_ connection: Connection) -> Bool {
    guard !reader.isDone else {
      complete(connection)
      return false
    }
    let readable = connection.readable
    guard !isPaused, !readable.isEmpty else {
      if !isPaused { connection.setDeadline(after: upstream.limits.readTimeout.milliseconds) }
      return false
    }
    do throws(MessageFault) {
      let (content, used) = try reader.next(in: readable)
      connection.consume(used)
      if !content.isEmpty {
        delegate?.client(
          self, received: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: readable[content])))
      }
      guard phase == .content else { return false }
    } catch {
      fail(.malformed(error))
      return false
    }
    return true
  }

  /// The answer is complete: keeps the connection if it can carry another request.
  func complete(_ connection: Connection) {
    let delegate = self.delegate
    self.delegate = nil
    phase = .idle
    isReused = true
    upstream.meter.count(
      answer: status, microseconds: pool.client.loop.nowMicroseconds &- begin)
    // Bytes after the answer belong to nobody's request.
    let canStay = isPersistent && hasEndedRequest && connection.readable.isEmpty
    if canStay, !connection.hasEnded, connection.pendingBytes == 0, pool.keep(self) {
      connection.resumeReading()
      connection.setDeadline(after: upstream.limits.idleTimeout.milliseconds)
    } else {
      connection.close()
    }
    delegate?.clientReceivedAll(self)
  }

  /// The request fails here and now.
  func fail(_ fault: ClientFault) {
    let delegate = self.delegate
    self.delegate = nil
    upstream.meter.count(fault)
    connection?.close()
    delegate?.client(self, failed: fault)
  }
}
