internal import Glibc

extension Connection {
  /// Bytes that wait to be written; ciphertext for TLS once flushed.
  public var pendingBytes: Int { output.count + staged.count }

  /// Whether more waits than the high-water mark; `connectionDrained` will come.
  public var isCongested: Bool { flags.isCongested }

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
    guard state == .open, tls == nil, interest & Readiness.output == 0,
      bytes.count >= Connection.copyLimit
    else {
      append(bytes)
      flush()
      return
    }
    let sent = transmit(followedBy: bytes)
    guard sent >= 0 else { return }
    let fromQueue = min(sent, output.count)
    output.consume(fromQueue, loop.chunks)
    output.append(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(sent - fromQueue)), loop.chunks)
    settleOutput()
  }

  /// Shorter runs are cheaper to copy than to describe to the kernel.
  private static let copyLimit = 2048

  /// Sends what waits; what the socket does not take leaves when it can.
  public func flush() {
    guard state != .closed, state != .connecting else {
      if pendingBytes > Connection.highWater { flags.isCongested = true }
      return
    }
    if tls != nil { encryptStaged() }
    guard !output.isEmpty else {
      settleOutput()
      return
    }
    let sent = transmit(followedBy: UnsafeRawBufferPointer(start: nil, count: 0))
    guard sent >= 0 else { return }
    output.consume(sent, loop.chunks)
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
    if !flags.hasEnded { watchInput(true) }
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
    if bytes.isEmpty, output.front.count == output.count {
      let front = output.front
      sent = Glibc.send(descriptor, front.baseAddress, front.count, Int32(MSG_NOSIGNAL))
    } else {
      sent = transmitVectors(followedBy: bytes)
    }
    guard sent < 0 else {
      lastProgress = loop.now
      self.sent &+= UInt64(sent)
      return sent
    }
    if errno == EAGAIN || errno == EINTR { return 0 }
    finish(.failed(SystemError("send")))
    return -1
  }

  private func transmitVectors(followedBy bytes: UnsafeRawBufferPointer) -> Int {
    withUnsafeTemporaryAllocation(of: iovec.self, capacity: 16) { vectors in
      var used = output.describe(into: .init(rebasing: vectors[..<15]))
      if !bytes.isEmpty, used < 15 {
        // The kernel only reads through it.
        vectors[used] = iovec(
          iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
        used += 1
      }
      var message = msghdr()
      message.msg_iov = vectors.baseAddress
      message.msg_iovlen = used
      return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
    }
  }

  /// After output changed: watches for room, tells the owner, shuts down as asked.
  func settleOutput() {
    guard !isClosed else { return }
    let input = interest & Readiness.input
    watch(output.isEmpty ? input : input | Readiness.output)
    if pendingBytes > Connection.highWater {
      flags.isCongested = true
    } else if flags.isCongested, pendingBytes <= Connection.lowWater {
      flags.isCongested = false
      if state == .open { handler?.connectionDrained(self) }
    }
    guard output.isEmpty, flags.wantsShutdown, !flags.isShutDown, !isClosed else { return }
    flags.isShutDown = true
    tls?.notifyClose(descriptor)
    shutdown(descriptor, Int32(SHUT_WR))
    guard state == .lingering else { return }
    if flags.hasEnded { finish(.ours) } else { setDeadline(after: linger.after) }
  }
}
