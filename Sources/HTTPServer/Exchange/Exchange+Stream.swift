public import Diagnostics
public import HTTP
internal import Transport

// What a stream handler does with an exchange.
extension Exchange {
  /// Calls a closure with the head of the request that `handle` was given and has not accepted.
  ///
  /// Nil once the request has been accepted, answered or is gone.
  public func withHead<Result>(
    _ body: (borrowing RequestHead, Span<UInt8>) -> Result
  ) -> Result? {
    guard phase == .deciding, let connection else { return nil }
    let readable = connection.readable
    server.parser.reset()
    // The bytes have not changed since they were parsed first.
    guard (try? server.parser.parse(readable.span)) == true else { return nil }
    // A copy, as in `readHead`.
    let head = server.parser.head
    return body(head, readable.span)
  }

  /// Answers the request without taking its content; a connection with unread content closes.
  public func respond(_ response: Response, noting fields: [LogField] = []) {
    guard phase == .deciding || phase == .streaming, let connection else { return }
    for field in fields { note(field) }
    guard !flags.hasBegunResponse else {
      connection.close()
      return
    }
    delegate = nil
    if phase == .deciding {
      answer(response, withoutContentOn: connection)
    } else {
      if !reader.isDone { flags.isPersistent = false }
      phase = .answering
      write(response)
      finish(connection)
    }
    processInput()
  }

  /// Takes the request over: its content goes to the delegate from now on.
  ///
  /// The head must be used before: its bytes are given up.
  public func accept(_ delegate: any ExchangeDelegate) {
    guard phase == .deciding, let connection else { return }
    self.delegate = delegate
    connection.consume(headLength)
    phase = .streaming
    contentStart = server.loop.now
    if flags.expectsContinue, !reader.isDone, connection.readable.isEmpty {
      writeContinue(connection)
      connection.flush()
    }
    processInput()
  }

  /// Stops handing out content until `resumeContent`.
  public func pauseContent() {
    guard !flags.isContentPaused else { return }
    flags.isContentPaused = true
    pauseStart = server.loop.now
    connection?.pauseReading()
  }

  /// Hands out content again.
  public func resumeContent() {
    guard flags.isContentPaused else { return }
    flags.isContentPaused = false
    // The client is not to blame for this time.
    contentStart &+= server.loop.now &- pauseStart
    connection?.resumeReading()
    processInput()
  }

  /// Whether more waits for the client than it should; `exchangeDrained` will come.
  public var isCongested: Bool { connection?.isCongested ?? false }

  /// Whether content has come already that was not handed out.
  public var hasBufferedContent: Bool {
    guard !reader.isDone, let connection else { return false }
    return !connection.readable.isEmpty
  }

  /// Passes an interim answer on; a client of HTTP/1.0 knows none (RFC 9110 15.2).
  public func sendInterim(_ status: Status, _ fields: (inout HeadWriter) -> Void) {
    guard phase == .streaming, !flags.isHTTP10, !flags.hasBegunResponse, let connection else {
      return
    }
    server.writer.removeAll()
    server.writer.begin(status)
    fields(&server.writer)
    server.writer.end()
    server.writer.bytes.withUnsafeBytes { connection.append($0) }
    connection.flush()
  }

  /// Whether a response has begun: after that a fault can only cut the connection.
  public var hasBegunResponse: Bool { flags.hasBegunResponse }

  /// Begins the response; the closure writes its fields, except those that are the server's own.
  ///
  /// The server's own are the framing, Connection, X-Request-Id, and Date unless it `hasDate`.
  public func beginResponse(
    _ status: Status, _ framing: ResponseFraming, hasDate: Bool,
    _ fields: (inout HeadWriter) -> Void
  ) {
    guard phase == .streaming else { return }
    writeHead(status, framing, hasDate: hasDate, fields)
  }

  /// Sends content of the response; small pieces wait for `flush` or `endResponse`.
  public func send(_ bytes: UnsafeRawBufferPointer) {
    guard phase == .streaming, !flags.isHead, !bytes.isEmpty, let connection else { return }
    entry.bytes += bytes.count
    if flags.isChunkedResponse { appendChunkHead(bytes.count, to: connection) }
    if bytes.count < Self.copiedBytes {
      connection.append(bytes)
    } else {
      connection.send(bytes)
    }
  }

  /// Shorter pieces are gathered, longer ones leave at once without being copied.
  private static let copiedBytes = 4096

  /// Sends what waits.
  public func flush() {
    guard phase != .closed, let connection else { return }
    connection.flush()
    if !connection.isClosed { armDeadline(connection) }
  }

  /// Ends the response, and with it the exchange if the request's content was read to its end.
  public func endResponse() {
    guard phase == .streaming, let connection else { return }
    if flags.isChunkedResponse, !flags.isHead {
      connection.append(flags.owesChunkEnd ? "\r\n0\r\n\r\n" : "0\r\n\r\n")
    }
    finish(connection)
    processInput()
  }

  /// Cuts the connection: what was sent is not the whole response, and the client must see that.
  public func abort() {
    delegate = nil
    connection?.close()
  }

  /// Ends a stream that the client spoils: with an answer if none has begun.
  func abortStream(_ status: Status, _ code: ReasonCode) {
    let delegate = self.delegate
    self.delegate = nil
    // First, while what is known of the request is still here.
    delegate?.exchangeAborted(self)
    refuse(status, code)
  }

  private func appendChunkHead(_ count: Int, to connection: Connection) {
    connection.append(upTo: 24) { room in
      var used = 0
      if flags.owesChunkEnd {
        room[0] = 0x0d
        room[1] = 0x0a
        used = 2
      }
      let digits = (Int.bitWidth - count.leadingZeroBitCount + 3) / 4
      for digit in (0..<digits).reversed() {
        let nibble = UInt8(truncatingIfNeeded: count >> (digit * 4)) & 0xf
        room[used] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
        used += 1
      }
      room[used] = 0x0d
      room[used + 1] = 0x0a
      return used + 2
    }
    flags.owesChunkEnd = true
  }

  /// Hands content to the delegate; false when more must come or the delegate wants none.
  func passContent(_ connection: Connection) -> Bool {
    guard !reader.isDone, !flags.isContentPaused else { return false }
    let readable = connection.readable
    guard !readable.isEmpty else { return false }
    let present = generation
    do throws(MessageFault) {
      let (content, used) = try reader.next(in: readable)
      let limit = server.limits.streamedBodyBytes
      guard countContent(used) else {
        abortStream(.requestTimeout, .httpBodyTooSlow)
        return true
      }
      guard limit == 0 || contentCount <= limit else {
        abortStream(.contentTooLarge, .httpBodyTooLong)
        return true
      }
      // Given up before it is handed out: if the delegate ends the exchange meanwhile, what follows
      // in the buffer must be the next request. The bytes stay where they are during the call.
      connection.consume(used)
      if !content.isEmpty {
        delegate?.exchange(
          self, received: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: readable[content])))
      }
      guard generation == present, phase == .streaming else { return true }
      if reader.isDone { delegate?.exchangeReceivedAll(self) }
    } catch {
      abortStream(error.status, error.code)
    }
    return true
  }
}
