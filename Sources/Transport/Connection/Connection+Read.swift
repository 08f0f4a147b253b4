internal import Glibc

extension Connection {
  /// The bytes that came and were not consumed; valid until the next call on the connection.
  public var readable: UnsafeBufferPointer<UInt8> { input.readable }

  /// Whether no more can come until something is consumed.
  public var isInputFull: Bool { input.isFull }

  /// Takes bytes from the front of `readable`.
  public func consume(_ count: Int) { input.consume(count) }

  /// Stops reading: what comes stays in the socket.
  public func pauseReading() { flags.isPaused = true }

  /// Reads again; bytes already in `readable` are not announced again.
  public func resumeReading() {
    guard flags.isPaused, state != .closed else { return }
    flags.isPaused = false
    if flags.hasUnread {
      scheduleRead()
    } else if let tls, tls.hasPending, !flags.isReading {
      scheduleRead()
    }
  }

  /// Frees the buffer if the owner has consumed everything outside of `connectionReceived`.
  public func releaseInput() {
    if !flags.isReading { input.releaseIfEmpty(loop.chunks) }
  }

  /// The socket has bytes, an end or an error.
  func readReady() {
    guard !flags.hasEnded else { return }
    if state == .lingering {
      throwAway()
    } else if flags.isPaused || input.isFull {
      flags.isPaused = true
    } else if tls == nil {
      readPlain()
    } else {
      readTLS()
    }
    if flags.hasUnread, !flags.isPaused || state == .lingering { scheduleRead() }
  }

  /// Goes on in the loop's next turn: what was left in the socket or in TLS raises no event.
  func scheduleRead() {
    guard !flags.isReadScheduled, !isClosed, !flags.hasEnded else { return }
    flags.isReadScheduled = true
    loop.willRead(self)
  }

  /// Goes on with what `scheduleRead` was called for.
  func readOn() {
    flags.isReadScheduled = false
    if tls != nil { decrypt() }
    if flags.hasUnread, !isClosed { readReady() }
  }

  private func readPlain() {
    let room = input.writable(loop.chunks)
    let count = receive(into: room)
    guard count > 0 else {
      input.releaseIfEmpty(loop.chunks)
      readStopped(count)
      return
    }
    received &+= UInt64(count)
    input.filled(count)
    announceInput()
  }

  /// Takes bytes from the socket, and notes whether it may hold more.
  func receive(into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = recv(descriptor, room.baseAddress, room.count, 0)
    if count >= 0 {
      // Fewer than there is room for are all of them, and epoll tells of what comes after them.
      flags.hasUnread = count == room.count || flags.isEnding
    } else {
      flags.hasUnread = errno == EINTR
    }
    return count
  }

  /// Tells the owner of new bytes, and frees the buffer when it took them all.
  func announceInput() {
    flags.isReading = true
    handler?.connectionReceived(self)
    flags.isReading = false
    if state != .closed { input.releaseIfEmpty(loop.chunks) }
  }

  /// `recv` gave no bytes: end of stream, nothing there, or an error.
  func readStopped(_ count: Int) {
    if count == 0 {
      inputEnded()
    } else if errno != EAGAIN && errno != EINTR {
      finish(.failed(SystemError("recv")))
    }
  }

  /// The peer sends no more.
  func inputEnded() {
    guard !flags.hasEnded else { return }
    flags.hasEnded = true
    flags.hasUnread = false
    if state == .open {
      handler?.connectionEnded(self)
    } else {
      finish(.failed(SystemError("recv", code: ECONNRESET)))
    }
  }

  private func throwAway() {
    let count = receive(into: loop.scratch)
    guard count <= 0, !(count < 0 && (errno == EAGAIN || errno == EINTR)) else { return }
    finish(.ours)
  }
}
