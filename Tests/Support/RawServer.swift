import Foundation
import Synchronization

/// A server whose every connection is handed to a closure, on a thread of its own.
package final class RawServer: Sendable {
  package let port: UInt16
  private let descriptor: Int32
  private let count = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)

  package init(_ handle: @escaping @Sendable (Connection) throws -> Void) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = SocketAddress.loopback(0)
    guard SocketAddress.bind(descriptor, &address) == 0, listen(descriptor, 256) == 0 else {
      throw Problem("cannot listen: \(errno)")
    }
    port = SocketAddress.port(of: descriptor)
    let thread = Thread { [self] in accept(handle) }
    thread.start()
  }

  /// How many connections it has seen.
  package var connections: Int { count.load(ordering: .sequentiallyConsistent) }

  /// Takes no more connections; those that are open go on.
  package func stop() {
    guard !stopped.exchange(true, ordering: .sequentiallyConsistent) else { return }
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private func accept(_ handle: @escaping @Sendable (Connection) throws -> Void) {
    while true {
      let accepted = Glibc.accept(descriptor, nil, nil)
      if accepted < 0 && errno == EINTR { continue }
      guard accepted >= 0 else { break }
      count.wrappingAdd(1, ordering: .sequentiallyConsistent)
      let connection = Connection(descriptor: accepted, timeout: 30)
      Thread {
        // What goes wrong on a connection shows at the other end, where the test looks.
        try? handle(connection)
        connection.close()
      }.start()
    }
    close(descriptor)
  }
}
