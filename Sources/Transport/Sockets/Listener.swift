internal import CLinux
internal import Glibc

/// Takes what connects to one listening socket, for one loop.
public final class Listener: EventSource {
  private let socket: ListeningSocket
  private let accepted: (Int32, SocketAddress) -> Void
  /// How many connections one readiness takes, so that no flood starves the others.
  private static let burst = 64

  /// Begins to accept; each connection's descriptor passes to the closure, which must own it.
  ///
  /// The closure runs on the loop. Several loops may watch the same socket.
  public init(
    loop: EventLoop, socket: ListeningSocket,
    accepted: @escaping (_ descriptor: Int32, _ peer: SocketAddress) -> Void
  ) throws(SystemError) {
    self.socket = socket
    self.accepted = accepted
    // A descriptor of its own, so that closing it ends this loop's watch and no other's.
    let own = fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { throw SystemError("fcntl") }
    super.init(loop: loop, descriptor: own)
    guard watch(Readiness.input) else {
      closeDescriptor()
      throw SystemError("epoll_ctl")
    }
  }

  /// The address it listens on.
  public var address: SocketAddress { socket.address }

  /// Stops accepting; connections in the socket's queue stay for whoever else holds the socket.
  public func stop() {
    guard !isClosed else { return }
    // Other loops may hold the same socket, so closing alone would leave the watch in place.
    close(releaseDescriptor())
  }

  override func ready(_ events: UInt32) {
    for _ in 0..<Self.burst {
      var storage = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let peer = withUnsafeMutablePointer(to: &storage) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          sp_accept4(descriptor, $0, &length, ListeningSocket.flags)
        }
      }
      guard peer >= 0 else {
        acceptFailed(errno)
        return
      }
      guard let address = SocketAddress(storage) else {
        close(peer)
        continue
      }
      accepted(peer, address)
      if isClosed { return }
    }
  }

  /// EAGAIN ends a burst; without descriptors or memory, accepting again at once would spin.
  private func acceptFailed(_ code: Int32) {
    guard code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM else { return }
    watch(0)
    loop.schedule(after: 100) { [weak self] in self?.watch(Readiness.input) }
  }
}
