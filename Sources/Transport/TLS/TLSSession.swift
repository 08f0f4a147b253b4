internal import COpenSSL
internal import Glibc

/// One TLS stream between two memory BIOs: ciphertext goes in and comes out, no socket is touched.
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
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer

  init?(accepting context: TLSContext) {
    guard let made = Self.make(context) else { return nil }
    (session, incoming, outgoing) = made
    SSL_set_accept_state(session)
  }

  init?(connecting context: TLSContext, host: String) {
    guard let made = Self.make(context) else { return nil }
    (session, incoming, outgoing) = made
    SSL_set_connect_state(session)
    let isAddress = SocketAddress(host: host, port: 0) != nil
    guard sp_tls_expect_host(session, host, isAddress ? 1 : 0) == 1 else { return nil }
  }

  // Frees both BIOs too.
  deinit { SSL_free(session) }

  private static func make(
    _ context: TLSContext
  ) -> (OpaquePointer, OpaquePointer, OpaquePointer)? {
    guard let session = SSL_new(context.pointer) else { return nil }
    guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
      SSL_free(session)
      return nil
    }
    SSL_set_bio(session, incoming, outgoing)
    return (session, incoming, outgoing)
  }

  /// Whether the handshake resumed an earlier session.
  var isResumed: Bool { SSL_session_reused(session) == 1 }

  /// Takes in what came from the wire.
  func feed(_ ciphertext: UnsafeRawBufferPointer) {
    // A memory BIO takes everything or dies for want of memory, as malloc does.
    _ = BIO_write(incoming, ciphertext.baseAddress, Int32(ciphertext.count))
  }

  /// Whether ciphertext or plaintext waits that no further byte from the wire will announce.
  var hasPending: Bool { SSL_has_pending(session) == 1 || BIO_ctrl_pending(incoming) > 0 }

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

  /// Encrypts into `ciphertext`; false when the stream is broken.
  func write(_ plaintext: UnsafeRawBufferPointer) -> Bool {
    guard !plaintext.isEmpty else { return true }
    ERR_clear_error()
    let limit = Int32(clamping: plaintext.count)
    // A memory BIO takes all of it, so there are no partial writes.
    return SSL_write(session, plaintext.baseAddress, limit) == limit
  }

  /// What must go out on the wire; valid until the next call.
  var ciphertext: UnsafeRawBufferPointer {
    var bytes: UnsafeMutablePointer<CChar>?
    let count = sp_tls_pending(outgoing, &bytes)
    return UnsafeRawBufferPointer(start: bytes, count: max(0, count))
  }

  /// Forgets what `ciphertext` gave.
  func discardCiphertext() { BIO_ctrl(outgoing, BIO_CTRL_RESET, 0, nil) }

  /// Sends `close_notify` as far as the socket takes it; a peer that misses it sees the end anyway.
  func notifyClose(_ descriptor: Int32) {
    ERR_clear_error()
    guard SSL_is_init_finished(session) == 1, SSL_shutdown(session) >= 0 else { return }
    let bytes = ciphertext
    _ = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    discardCiphertext()
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
