internal import Diagnostics
internal import Transport

extension ClientConnection {
  /// Sends content of the request, coded as the head says it is.
  public func send(_ bytes: UnsafeRawBufferPointer) {
    hasContent = true
    connection?.send(bytes)
  }

  /// Adds bytes that leave with the next `send` or `flush`.
  public func append(_ bytes: UnsafeRawBufferPointer) { connection?.append(bytes) }

  /// Adds a text of the program that leaves with the next `send` or `flush`.
  public func append(_ text: StaticString) {
    // The end of chunked content that is empty: the next address needs it as it needs the head.
    if !unsentHead.isEmpty, !hasContent {
      text.withUTF8Buffer { unsentHead.append(contentsOf: $0) }
    }
    connection?.append(text)
  }

  /// Adds the first line of a chunk of so many bytes, of which there must be some.
  public func appendChunkHead(_ count: Int) {
    hasContent = true
    connection?.append(upTo: 24) { room in
      var used = 0
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
  }

  /// Sends what waits.
  public func flush() { connection?.flush() }

  /// Says that the request is written to its end: the time for the answer runs.
  public func endRequest() {
    hasEndedRequest = true
    flush()
    guard let connection, !connection.isClosed, connection.isEstablished else { return }
    connection.setDeadline(after: upstream.limits.firstByteTimeout.milliseconds)
  }

  /// Whether more of the request waits than should; `clientDrained` will come.
  public var isCongested: Bool { connection?.isCongested ?? false }

  /// Stops handing out the answer until `resume`.
  public func pause() {
    isPaused = true
    connection?.pauseReading()
  }

  /// Hands out the answer again.
  public func resume() {
    guard isPaused, let connection else { return }
    isPaused = false
    connection.setDeadline(after: upstream.limits.readTimeout.milliseconds)
    connection.resumeReading()
    processInput()
  }

  /// Gives the request up and closes the connection; the delegate hears nothing more.
  public func abort() {
    delegate = nil
    connection?.close()
  }
}
