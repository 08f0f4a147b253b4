internal import Glibc

extension Connection {
  /// The bytes that came and were not consumed; valid until the next call on the connection.
  public var readable: UnsafeBufferPointer<UInt8> { input.readable }

  /// Whether no more can come until something is consumed.
  public var isInputFull: Bool { input.isFull }

  /// Takes bytes from the front of `readable`.
  public func consume(_ count: Int) { input.consume(count) }

  /// Stops reading, which costs no system call unless bytes do come.
  public func pauseReading() { flags.isPaused = true }

  /// Reads again; bytes already in `readable` are not announced again.
  public func resumeReading() {
    guard flags.isPaused, state != .closed else { return }
    flags.isPaused = false
    watchInput(true)
    if let tls, tls.hasPending, !flags.isReading { scheduleRead() }
  }

  /// Frees the buffer if the owner has consumed everything outside of `connectionReceived`.
  public func releaseInput() {
    if !flags.isReading { input.releaseIfEmpty(loop.chunks) }
  }

  func watchInput(_ wanted: Bool) {
    let output = interest & Readiness.output
    watch(wanted && !flags.hasEnded ? Readiness.input | output : output)
  }

  /// The socket has bytes, an end or an error.
  func readReady() {
    guard state != .lingering else {
      throwAway()
      return
    }
    guard !flags.isPaused, !input.isFull else {
      stopReading()
      return
    }
    if tls == nil { readPlain() } else { readTLS() }
  }

  /// Takes no more from the socket until `resumeReading`.
  func stopReading() {
    watchInput(false)
    flags.isPaused = true
  }

  private func readPlain() {
    let room = input.writable(loop.chunks)
    let count = recv(descriptor, room.baseAddress, room.count, 0)
    guard count > 0 else {
      input.releaseIfEmpty(loop.chunks)
      readStopped(count)
      return
    }
    received &+= UInt64(count)
    input.filled(count)
    announceInput()
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

  /// The peer sends no more: watch no longer for input, which would report it for ever.
  func inputEnded() {
    guard !flags.hasEnded else { return }
    flags.hasEnded = true
    watchInput(false)
    if state == .open {
      handler?.connectionEnded(self)
    } else {
      finish(.failed(SystemError("recv", code: ECONNRESET)))
    }
  }

  private func throwAway() {
    let room = loop.scratch
    let count = recv(descriptor, room.baseAddress, room.count, 0)
    guard count <= 0, !(count < 0 && (errno == EAGAIN || errno == EINTR)) else { return }
    finish(.ours)
  }
}
