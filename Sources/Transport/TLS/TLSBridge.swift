internal import COpenSSL

/// The BIO under a TLS session: OpenSSL reads what came and writes what is to go out in place.
///
/// OpenSSL's own memory BIOs keep as much memory for each connection as its handshake needed, and
/// copy every byte once more.
enum TLSBridge {
  /// The methods, made once; nil without memory.
  ///
  /// Never changed after that, so that all threads may read it.
  nonisolated(unsafe) private static let method: OpaquePointer? = {
    let kind = Int32(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK)
    guard let method = BIO_meth_new(kind, "sallyport") else { return nil }
    BIO_meth_set_read_ex(method, read)
    BIO_meth_set_write_ex(method, write)
    BIO_meth_set_ctrl(method, control)
    BIO_meth_set_create(method) { bio in
      BIO_set_init(bio, 1)
      return 1
    }
    return method
  }()

  /// A BIO that leads to a session, which must outlive it.
  static func make(for session: TLSSession) -> OpaquePointer? {
    guard let method, let bio = BIO_new(method) else { return nil }
    BIO_set_data(bio, Unmanaged.passUnretained(session).toOpaque())
    return bio
  }

  private static func session(_ bio: OpaquePointer?) -> Unmanaged<TLSSession>? {
    // Set in `make`, and the session frees the BIO in its `deinit`.
    BIO_get_data(bio).map { Unmanaged<TLSSession>.fromOpaque($0) }
  }

  private static let read:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<CChar>?, Int, UnsafeMutablePointer<Int>?
    ) -> Int32 = { bio, room, size, count in
      BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
      let room = UnsafeMutableRawBufferPointer(start: room, count: size)
      let taken = session(bio)?._withUnsafeGuaranteedRef { $0.takeCiphertext(into: room) } ?? 0
      count?.pointee = taken
      if taken == 0 { BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY) }
      return taken > 0 ? 1 : 0
    }

  private static let write:
    @convention(c) (
      OpaquePointer?, UnsafePointer<CChar>?, Int, UnsafeMutablePointer<Int>?
    ) -> Int32 = { bio, bytes, size, count in
      let bytes = UnsafeRawBufferPointer(start: bytes, count: size)
      session(bio)?._withUnsafeGuaranteedRef { $0.giveCiphertext(bytes) }
      count?.pointee = size
      return 1
    }

  private static let control:
    @convention(c) (OpaquePointer?, Int32, Int, UnsafeMutableRawPointer?) -> Int = {
      _, command, _, _ in
      // Nothing is held back here, so there is nothing to flush.
      command == BIO_CTRL_FLUSH ? 1 : 0
    }
}
