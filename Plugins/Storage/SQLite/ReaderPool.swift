internal import SallyportPlugin

/// Read-only connections, each lent to one call at a time.
///
/// There are as many as calls at once, which the host bounds; a few are kept.
final class ReaderPool: @unchecked Sendable {
  // `idle` and `isClosed` are only touched inside the lock. A connection in `idle` is used by
  // nobody, and taking it out makes the taker its only user.
  private let lock = PluginLock()
  private var idle: [Connection] = []
  private var isClosed = false
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
    lock.locked {
      isClosed = true
      idle.removeAll()
    }
  }

  private func take() throws(SQLiteFault) -> Connection {
    if let kept = lock.locked({ idle.popLast() }) { return kept }
    return try Connection(path, readOnly: true, busyTimeout: busyTimeout)
  }

  private func put(_ connection: Connection) {
    lock.locked {
      if !isClosed, idle.count < Self.kept { idle.append(connection) }
    }
  }
}
