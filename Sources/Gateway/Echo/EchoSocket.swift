internal import Synchronization
internal import Transport

/// The loopback socket of the built-in echo: opened when the first upstream wants it.
final class EchoSocket: Sendable {
  private let socket = Mutex<ListeningSocket?>(nil)

  /// The socket, opened now if need be.
  func open() throws(StartFailure) -> ListeningSocket {
    try socket.withLock { socket throws(StartFailure) in
      if let socket { return socket }
      do throws(SystemError) {
        let opened = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
        socket = opened
        return opened
      } catch {
        throw .operation("the built-in echo cannot listen: \(error)")
      }
    }
  }

  /// The socket if somebody opened it.
  var opened: ListeningSocket? { socket.withLock { $0 } }
}
