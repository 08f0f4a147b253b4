internal import Synchronization

/// Read-only connections, each lent to one call at a time.
///
/// There are as many as calls at once, which the host bounds; a few are kept.
final class ReaderPool: Sendable {
  private struct Idle: ~Copyable {
    // A connection in here is used by nobody, and taking it out makes the taker its only user.
    nonisolated(unsafe) var connections: [Connection] = []
    var isClosed = false
  }

  private let idle = Mutex(Idle())
  private let path: String
  private let busyTimeout: Int32
  private static let kept = 16

  init(_ path: String, busyTimeout: Int32) {
    self.path = path
    self.busyTimeout = busyTimeout
  }

  /// Runs a body with a connection of its own.
  func read<Value>(_ body: (Connection) throws(SQLiteFault) -> Value) throws(SQLiteFault) -> Value {
    let connection = try take()
    defer { put(connection) }
    return try body(connection)
  }

  /// Closes what is kept; what is lent is closed when it comes back.
  func close() {
    idle.withLock { idle in
      idle.isClosed = true
      idle.connections.removeAll()
    }
  }

  private func take() throws(SQLiteFault) -> Connection {
    if let kept = idle.withLock({ idle in Lent(idle.connections.popLast()) }).connection {
      return kept
    }
    return try Connection(path, readOnly: true, busyTimeout: busyTimeout)
  }

  private func put(_ connection: Connection) {
    let lent = Lent(connection)
    idle.withLock { idle in
      guard !idle.isClosed, idle.connections.count < Self.kept, let back = lent.connection else {
        return
      }
      idle.connections.append(back)
    }
  }

  /// Carries a connection across the lock's border: it has one owner on either side.
  private struct Lent: @unchecked Sendable {
    let connection: Connection?
    init(_ connection: Connection?) { self.connection = connection }
  }
}
