internal import COpenSSL

/// One TLS stream: ciphertext goes in and comes out, no socket is touched.
///
/// What goes out is added to its connection's output as it is made.
final class TLSSession {
  /// What a step came to.
  enum Step {
    /// It is done.
    case done
    /// It needs more ciphertext from the peer.
    case needsInput
    /// The peer has closed its side properly.
    case ended
    /// The stream is broken.
    case failed(String)
  }

  private let session: OpaquePointer
  /// The connection, which holds this object.
  unowned(unsafe) var owner: Connection?
  /// What came from the wire and is good during the present step.
  @exclusivity(unchecked) private var wire = UnsafeRawBufferPointer(start: nil, count: 0)
  /// What came before that and was not taken yet.
  @exclusivity(unchecked) private var kept: [UInt8] = []

  init?(accepting context: TLSContext) {
    guard let session = SSL_new(context.pointer) else { return nil }
    self.session = session
    guard attachBridge() else { return nil }
    SSL_set_accept_state(session)
  }

  init?(connecting context: TLSContext, host: String) {
    guard let session = SSL_new(context.pointer) else { return nil }
    self.session = session
    guard attachBridge() else { return nil }
    SSL_set_connect_state(session)
    let isAddress = SocketAddress(host: host, port: 0) != nil
    guard sp_tls_expect_host(session, host, isAddress ? 1 : 0) == 1 else { return nil }
  }

  // Frees the BIO too.
  deinit { SSL_free(session) }

  private func attachBridge() -> Bool {
    guard let bio = TLSBridge.make(for: self) else { return false }
    // One BIO for both ways: the session takes over the one reference.
    SSL_set_bio(session, bio, bio)
    return true
  }

  /// Whether the handshake resumed an earlier session.
  var isResumed: Bool { SSL_session_reused(session) == 1 }

  /// Lets steps work on what came from the wire; what they leave is kept for later ones.
  func feed(_ ciphertext: UnsafeRawBufferPointer, _ steps: () -> Void) {
    wire = ciphertext
    steps()
    kept.append(contentsOf: wire)
    wire = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Gives OpenSSL what came from the wire, in order.
  func takeCiphertext(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard kept.isEmpty else {
      let count = min(room.count, kept.count)
      kept.withUnsafeBytes { room.copyMemory(from: .init(rebasing: $0[..<count])) }
      if count == kept.count { kept = [] } else { kept.removeFirst(count) }
      return count
    }
    let count = min(room.count, wire.count)
    room.copyMemory(from: UnsafeRawBufferPointer(rebasing: wire[..<count]))
    wire = UnsafeRawBufferPointer(rebasing: wire[count...])
    return count
  }

  /// Takes what OpenSSL has for the wire.
  func giveCiphertext(_ bytes: UnsafeRawBufferPointer) { owner?.appendCiphertext(bytes) }

  /// Whether ciphertext or plaintext waits that no further byte from the wire will announce.
  var hasPending: Bool { SSL_has_pending(session) == 1 || !kept.isEmpty }

  func handshake() -> Step {
    ERR_clear_error()
    let result = SSL_do_handshake(session)
    return result == 1 ? .done : step(after: result)
  }

  /// Decrypts into the room; how many bytes, and why no more.
  func read(into room: UnsafeMutableRawBufferPointer) -> (count: Int, step: Step) {
    var count = 0
    while count < room.count {
      ERR_clear_error()
      let limit = Int32(clamping: room.count - count)
      let result = SSL_read(session, room.baseAddress.map { $0 + count }, limit)
      guard result > 0 else { return (count, step(after: result)) }
      count += Int(result)
    }
    return (count, .done)
  }

  /// Encrypts into the connection's output; false when the stream is broken.
  func write(_ plaintext: UnsafeRawBufferPointer) -> Bool {
    guard !plaintext.isEmpty else { return true }
    ERR_clear_error()
    let limit = Int32(clamping: plaintext.count)
    // The bridge takes all of it, so there are no partial writes.
    return SSL_write(session, plaintext.baseAddress, limit) == limit
  }

  /// Writes `close_notify`.
  func notifyClose() {
    ERR_clear_error()
    guard SSL_is_init_finished(session) == 1 else { return }
    _ = SSL_shutdown(session)
  }

  private func step(after result: Int32) -> Step {
    switch SSL_get_error(session, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsInput
    case SSL_ERROR_ZERO_RETURN: return .ended
    default:
      let verified = SSL_get_verify_result(session)
      if verified != Int(X509_V_OK), let text = X509_verify_cert_error_string(verified) {
        ERR_clear_error()
        return .failed("certificate: \(String(cString: text))")
      }
      return .failed(TLSError.takeReason())
    }
  }
}
