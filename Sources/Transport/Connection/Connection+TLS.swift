internal import Glibc

extension Connection {
  /// Ciphertext taken from the socket at once; bounds what waits undecrypted while reading pauses.
  private static let receiveSize = 16 * 1024

  func advanceHandshake() {
    guard let tls else { return }
    let step = tls.handshake()
    if !output.isEmpty { flushNow() }
    guard state == .handshaking else { return }
    switch step {
    case .done:
      state = .open
      clearDeadline()
      handler?.connectionOpened(self)
      if state == .open { decrypt() }
    case .needsInput: return
    case .ended: finish(.tls("closed during the handshake"))
    case .failed(let reason): finish(.tls(reason))
    }
  }

  func readTLS() {
    guard let tls else { return }
    let room = UnsafeMutableRawBufferPointer(rebasing: loop.scratch[..<Self.receiveSize])
    let count = receive(into: room)
    guard count > 0 else {
      readStopped(count)
      return
    }
    received &+= UInt64(count)
    tls.feed(UnsafeRawBufferPointer(rebasing: room[..<count])) {
      if state == .handshaking { advanceHandshake() } else { decrypt() }
    }
  }

  /// Decrypts and announces until nothing is left, the buffer is full, or the owner pauses.
  func decrypt() {
    while state == .open, !flags.isPaused, let tls {
      let room = input.writable(loop.chunks)
      guard !room.isEmpty else {
        // What would be read on would pile up undecrypted.
        flags.isPaused = true
        return
      }
      let (count, step) = tls.read(into: room)
      input.filled(count)
      if count > 0 { announceInput() } else { input.releaseIfEmpty(loop.chunks) }
      guard state == .open else { return }
      switch step {
      case .done: continue
      case .needsInput:
        // TLS 1.3 answers key updates while reading.
        if !output.isEmpty { flush() }
        return
      case .ended:
        inputEnded()
        return
      case .failed(let reason):
        finish(.tls(reason))
        return
      }
    }
  }

  /// Turns what `append` staged into records.
  func encryptStaged() {
    guard let tls, state == .open || state == .lingering else { return }
    while !staged.isEmpty {
      let front = staged.front
      guard tls.write(front) else {
        finish(.tls(TLSError.takeReason()))
        return
      }
      staged.consume(front.count, loop.chunks)
    }
  }

  /// Takes what TLS has for the wire.
  func appendCiphertext(_ bytes: UnsafeRawBufferPointer) { output.append(bytes, loop.chunks) }

  /// Sends `close_notify` as far as the socket takes it; a peer that misses it sees the end anyway.
  func notifyClose() {
    // In the midst of a record it would be garbage.
    guard let tls, output.isEmpty else { return }
    tls.notifyClose()
    let bytes = output.front
    _ = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    output.discard(loop.chunks)
  }
}
