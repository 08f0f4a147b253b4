internal import COpenSSL

/// What TLS connections of one kind share: certificate, ciphers, session tickets.
///
/// TLS 1.2 with forward secrecy and AEAD, or 1.3. Immutable once made; OpenSSL locks what it shares.
public final class TLSContext: @unchecked Sendable {
  let pointer: OpaquePointer
  /// A server's context from PEM files: the certificate with its chain, and its private key.
  ///
  /// Clients resume sessions that another context with the same keys for tickets and the same
  /// certificate began; with another certificate they begin anew, and see it.
  public init(
    certificate: String, key: String, tickets: TicketKeys = TicketKeys()
  ) throws(TLSError) {
    pointer = try Self.make(TLS_server_method())
    guard SSL_CTX_use_certificate_chain_file(pointer, certificate) == 1 else {
      throw .file(certificate, reason: TLSError.takeReason())
    }
    guard SSL_CTX_use_PrivateKey_file(pointer, key, SSL_FILETYPE_PEM) == 1 else {
      let reason = TLSError.takeReason()
      throw reason == "key values mismatch"
        ? .keyMismatch(certificate: certificate, key: key) : .file(key, reason: reason)
    }
    guard SSL_CTX_check_private_key(pointer) == 1 else {
      ERR_clear_error()
      throw .keyMismatch(certificate: certificate, key: key)
    }
    SSL_CTX_set_ex_data(pointer, Self.ticketSlot, Unmanaged.passRetained(tickets).toOpaque())
    guard sp_tls_resume(pointer, TicketKeys.lifetime, Self.protectTicket) == 1 else {
      throw .setting(TLSError.takeReason())
    }
    SSL_CTX_set_alpn_select_cb(pointer, Self.selectProtocol, nil)
  }

  /// A client's context that trusts the system's authorities, or only those of a PEM file.
  public init(trusting authorities: String?) throws(TLSError) {
    pointer = try Self.make(TLS_client_method())
    SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
    if let authorities {
      guard SSL_CTX_load_verify_locations(pointer, authorities, nil) == 1 else {
        throw .file(authorities, reason: TLSError.takeReason())
      }
    } else {
      guard SSL_CTX_set_default_verify_paths(pointer) == 1 else {
        throw .setting(TLSError.takeReason())
      }
    }
    let offered: [UInt8] = [8] + Array("http/1.1".utf8)
    guard SSL_CTX_set_alpn_protos(pointer, offered, UInt32(offered.count)) == 0 else {
      throw .setting(TLSError.takeReason())
    }
  }

  deinit { SSL_CTX_free(pointer) }

  private static func make(_ method: OpaquePointer?) throws(TLSError) -> OpaquePointer {
    ERR_clear_error()
    guard let pointer = SSL_CTX_new(method) else { throw .setting(TLSError.takeReason()) }
    guard sp_tls_harden(pointer) == 1,
      SSL_CTX_set_cipher_list(pointer, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1
    else {
      SSL_CTX_free(pointer)
      throw .setting(TLSError.takeReason())
    }
    return pointer
  }

  /// Where a context keeps its `TicketKeys`, process-wide.
  ///
  /// OpenSSL's context outlives this object while connections use it, so it holds them itself.
  private static let ticketSlot = CRYPTO_get_ex_new_index(
    CRYPTO_EX_INDEX_SSL_CTX, 0, nil, nil, nil
  ) { _, keys, _, _, _, _ in
    if let keys { Unmanaged<TicketKeys>.fromOpaque(keys).release() }
  }

  private static let protectTicket:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?, OpaquePointer?,
      OpaquePointer?, Int32
    ) -> Int32 = { session, name, iv, cipher, mac, seals in
      guard let context = SSL_get_SSL_CTX(session),
        let keys = SSL_CTX_get_ex_data(context, ticketSlot), let name, let iv, let cipher, let mac
      else { return -1 }
      return Unmanaged<TicketKeys>.fromOpaque(keys)._withUnsafeGuaranteedRef {
        $0.prepare(name: name, iv: iv, cipher: cipher, mac: mac, seals: seals == 1)
      }
    }

  /// RFC 7301 3.2: who offers protocols but none that we speak gets a fatal alert.
  private static let selectProtocol: SSL_CTX_alpn_select_cb_func = {
    _, chosen, chosenLength, offered, offeredLength, _ in
    guard let offered, let chosen, let chosenLength else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    let list = UnsafeBufferPointer(start: offered, count: Int(offeredLength))
    var position = 0
    while position < list.count {
      let start = position + 1
      let end = start + Int(list[position])
      guard end <= list.count else { break }
      if list[start..<end].elementsEqual("http/1.1".utf8) {
        // The answer may point into the client's own list.
        chosen.pointee = offered + start
        chosenLength.pointee = UInt8(end - start)
        return SSL_TLSEXT_ERR_OK
      }
      position = end
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
  }
}
