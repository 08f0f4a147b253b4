import Foundation
import Synchronization
import Transport

/// Sends back what it gets; stops reading while too much waits.
final class EchoPeer: ConnectionHandler {
  private let holder: Holder

  /// Keeps connections alive for a test, on the loop's thread only.
  final class Holder: @unchecked Sendable {
    var listener: Listener?
    var peers: [EchoPeer] = []
    var connections: [Connection] = []
    let failures = Mutex<[CloseCause]>([])
  }

  init(_ holder: Holder) { self.holder = holder }

  func connectionOpened(_ connection: Connection) {}

  func connectionReceived(_ connection: Connection) {
    let bytes = connection.readable
    connection.send(UnsafeRawBufferPointer(bytes))
    connection.consume(bytes.count)
    if connection.isCongested { connection.pauseReading() }
  }

  func connectionEnded(_ connection: Connection) {
    connection.closeAfterFlush(lingering: 100, stall: 1000)
  }
  func connectionBlocked(_ connection: Connection) {}
  func connectionDrained(_ connection: Connection) { connection.resumeReading() }
  func connectionExpired(_ connection: Connection) { connection.close() }

  func connectionClosed(_ connection: Connection, by cause: CloseCause) {
    holder.failures.withLock { $0.append(cause) }
  }
}

/// Sends so many bytes and counts what comes back.
final class CountingPeer: ConnectionHandler {
  private let size: Int
  private(set) var sent = 0
  private var received = 0
  private let done: (Result<Int, CloseError>) -> Void
  private let piece = [UInt8](repeating: 0x61, count: 16_384)

  struct CloseError: Error { let cause: CloseCause }

  init(size: Int, done: @escaping (Result<Int, CloseError>) -> Void) {
    self.size = size
    self.done = done
  }

  func connectionOpened(_ connection: Connection) { fill(connection) }

  func connectionReceived(_ connection: Connection) {
    received += connection.readable.count
    connection.consume(connection.readable.count)
    if received == size { connection.close() }
  }

  func connectionEnded(_ connection: Connection) { connection.close() }
  func connectionBlocked(_ connection: Connection) {}
  func connectionDrained(_ connection: Connection) { fill(connection) }
  func connectionExpired(_ connection: Connection) { connection.close() }

  func connectionClosed(_ connection: Connection, by cause: CloseCause) {
    done(received == size ? .success(received) : .failure(CloseError(cause: cause)))
  }

  private func fill(_ connection: Connection) {
    while sent < size, !connection.isCongested {
      let count = min(piece.count, size - sent)
      piece.withUnsafeBytes { connection.send(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      sent += count
    }
  }
}

/// Takes nothing from its connection until it is told to.
final class HoardingPeer: ConnectionHandler {
  private(set) var taken = 0
  private(set) var connection: Connection?
  private var takes = false

  func adopt(_ connection: Connection?) { self.connection = connection }

  func takeAll() {
    takes = true
    guard let connection else { return }
    connectionReceived(connection)
    connection.resumeReading()
  }

  func connectionOpened(_ connection: Connection) {}

  func connectionReceived(_ connection: Connection) {
    guard takes else { return }
    taken += connection.readable.count
    connection.consume(connection.readable.count)
  }

  func connectionEnded(_ connection: Connection) { connection.close() }
  func connectionBlocked(_ connection: Connection) {}
  func connectionDrained(_ connection: Connection) {}
  func connectionExpired(_ connection: Connection) { connection.close() }
  func connectionClosed(_ connection: Connection, by cause: CloseCause) {}
}
