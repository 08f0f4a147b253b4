internal import Glibc

extension Connection {
  /// Bytes that wait to be written; ciphertext for TLS once flushed.
  public var pendingBytes: Int { output.count + staged.count }

  /// Whether more waits than the high-water mark; `connectionDrained` will come.
  public var isCongested: Bool { flags.isCongested }

  /// Whether the socket did not take all it was given, and has taken no more since.
  public var isBlocked: Bool { flags.isBlocked }

  /// Adds bytes to what `flush` sends.
  public func append(_ bytes: UnsafeRawBufferPointer) {
    guard state != .closed else { return }
    if tls == nil { output.append(bytes, loop.chunks) } else { staged.append(bytes, loop.chunks) }
  }

  /// Adds a text of the program.
  public func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Adds bytes written in place: the closure fills the room, of `count` bytes at most 32,000, and
  /// returns how many it wrote.
  @inline(__always)
  public func append(upTo count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
    guard state != .closed else { return }
    if tls == nil {
      output.filled(fill(output.writable(loop.chunks, minimum: count)))
    } else {
      staged.filled(fill(staged.writable(loop.chunks, minimum: count)))
    }
  }

  /// Sends bytes after what waits already, copying only what the socket does not take.
  public func send(_ bytes: UnsafeRawBufferPointer) {
    guard state == .open, tls == nil, !flags.isBlocked, bytes.count >= Connection.copyLimit else {
      append(bytes)
      flush()
      return
    }
    let sent = transmit(followedBy: bytes)
    guard sent >= 0 else { return }
    let fromQueue = min(sent, output.count)
    output.consume(fromQueue, loop.chunks)
    output.append(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(sent - fromQueue)), loop.chunks)
    transmitAll(wasBlocked: false)
  }

  /// Shorter runs are cheaper to copy than to describe to the kernel.
  private static let copyLimit = 2048

  /// Sends what waits at the end of the loop's turn, or at once if it is much; what the socket does
  /// not take leaves when it can.
  public func flush() {
    let waiting = pendingBytes
    guard state == .open, !flags.isBlocked, waiting <= Connection.highWater else {
      flushNow()
      return
    }
    guard !flags.isSendQueued, waiting > 0 || flags.isCongested else { return }
    flags.isSendQueued = true
    loop.willSend(self)
  }

  /// What `flush` put off; nothing if it has been done since.
  func sendQueued() { if flags.isSendQueued { flushNow() } }

  /// Sends what waits at once.
  public func flushNow() {
    flags.isSendQueued = false
    guard state != .closed, state != .connecting else {
      if pendingBytes > Connection.highWater { flags.isCongested = true }
      return
    }
    if tls != nil { encryptStaged() }
    transmitAll(wasBlocked: flags.isBlocked)
  }

  private func transmitAll(wasBlocked: Bool) {
    while !output.isEmpty, !flags.isBlocked {
      let sent = transmit(followedBy: UnsafeRawBufferPointer(start: nil, count: 0))
      guard sent >= 0 else { return }
      output.consume(sent, loop.chunks)
    }
    if flags.isBlocked, !wasBlocked, state == .open { handler?.connectionBlocked(self) }
    settleOutput()
  }

  /// Says that we will send no more, after what waits has left.
  public func endOutput() {
    flags.wantsShutdown = true
    flush()
  }

  /// Writes what waits, then closes.
  ///
  /// Reads on for a while, so that a peer that is still sending gets the answer and not a reset. The
  /// owner hears `connectionClosed` at the end.
  public func closeAfterFlush(lingering milliseconds: Int64, stall: Int64) {
    guard state == .open else { return }
    state = .lingering
    linger = (after: milliseconds, stall: stall)
    input.discard(loop.chunks)
    setDeadline(after: stall)
    if flags.hasUnread { scheduleRead() }
    endOutput()
  }

  /// The deadline of a lingering connection has passed; one whose peer still takes bytes lives on.
  func lingerExpired() {
    guard !output.isEmpty, millisecondsSinceProgress < linger.stall else {
      finish(.ours)
      return
    }
    setDeadline(after: linger.stall - millisecondsSinceProgress)
  }

  /// How long ago the socket last took a byte.
  public var millisecondsSinceProgress: Int64 { Int64(loop.now &- lastProgress) }

  /// How many bytes left, or -1 when the connection is closed over it.
  private func transmit(followedBy bytes: UnsafeRawBufferPointer) -> Int {
    let sent: Int
    var offered = output.count
    if bytes.isEmpty, output.front.count == offered {
      let front = output.front
      sent = Glibc.send(descriptor, front.baseAddress, front.count, Int32(MSG_NOSIGNAL))
    } else {
      sent = transmitVectors(followedBy: bytes, offered: &offered)
    }
    guard sent < offered else {
      lastProgress = loop.now
      self.sent &+= UInt64(sent)
      return sent
    }
    if sent < 0 {
      if errno == EINTR { return 0 }
      guard errno == EAGAIN else {
        finish(.failed(SystemError("send")))
        return -1
      }
    }
    flags.isBlocked = true
    lastProgress = loop.now
    self.sent &+= UInt64(max(0, sent))
    return max(0, sent)
  }

  private func transmitVectors(
    followedBy bytes: UnsafeRawBufferPointer, offered: inout Int
  ) -> Int {
    withUnsafeTemporaryAllocation(of: iovec.self, capacity: 16) { vectors in
      var used = output.describe(into: .init(rebasing: vectors[..<15]))
      if !bytes.isEmpty, used < 15 {
        // The kernel only reads through it.
        vectors[used] = iovec(
          iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
        used += 1
      }
      offered = vectors[..<used].reduce(0) { $0 + $1.iov_len }
      var message = msghdr()
      message.msg_iov = vectors.baseAddress
      message.msg_iovlen = used
      return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
    }
  }

  /// After output changed: tells the owner, shuts down as asked.
  private func settleOutput() {
    guard !isClosed else { return }
    if pendingBytes > Connection.highWater {
      flags.isCongested = true
    } else if flags.isCongested, pendingBytes <= Connection.lowWater {
      flags.isCongested = false
      if state == .open { handler?.connectionDrained(self) }
    }
    guard output.isEmpty, flags.wantsShutdown, !flags.isShutDown, !isClosed else { return }
    flags.isShutDown = true
    notifyClose()
    shutdown(descriptor, Int32(SHUT_WR))
    guard state == .lingering else { return }
    if flags.hasEnded { finish(.ours) } else { setDeadline(after: linger.after) }
  }
}
