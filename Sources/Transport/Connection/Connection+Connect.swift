internal import CLinux
internal import Glibc

extension Connection {
  /// Begins to connect; the handler hears `connectionOpened`, or `connectionClosed` with the fault.
  ///
  /// Throws what is known at once: no descriptor, no route. The deadline covers the TLS handshake.
  public static func connect(
    to address: SocketAddress, on loop: EventLoop, tls: (context: TLSContext, host: String)? = nil,
    timeout milliseconds: Int64, handler: any ConnectionHandler
  ) throws(SystemError) -> Connection {
    let type = Int32(SOCK_STREAM.rawValue) | ListeningSocket.flags
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    var session: TLSSession?
    if let tls {
      session = TLSSession(connecting: tls.context, host: tls.host)
      guard session != nil else {
        Glibc.close(descriptor)
        throw SystemError("SSL_new", code: ENOMEM)
      }
    }
    if address.family != AF_UNIX {
      var one: Int32 = 1
      setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }
    let result = address.withKernelForm { Glibc.connect(descriptor, $0, $1) }
    guard result == 0 || errno == EINPROGRESS else {
      let error = SystemError("connect \(address)")
      Glibc.close(descriptor)
      throw error
    }
    let connection = Connection(
      loop: loop, connecting: descriptor, peer: address, tls: session, handler: handler)
    guard connection.watch(Readiness.changes) else {
      connection.closeDescriptor()
      throw SystemError("epoll_ctl", code: ENOSPC)
    }
    connection.setDeadline(after: milliseconds)
    return connection
  }

  /// The socket became writable: it is connected, or never will be.
  func connected() {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
    guard code == 0 else {
      finish(.refused(SystemError("connect \(peer)", code: code)))
      return
    }
    if tls != nil {
      state = .handshaking
      advanceHandshake()
    } else {
      state = .open
      clearDeadline()
      handler?.connectionOpened(self)
    }
  }
}
