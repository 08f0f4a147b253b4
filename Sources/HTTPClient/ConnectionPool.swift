internal import Diagnostics
internal import Transport

/// One loop's connections to one upstream; the last one used is used first.
final class ConnectionPool {
  unowned(unsafe) let client: HTTPClient
  let upstream: Upstream
  @exclusivity(unchecked) private var idle: [ClientConnection] = []
  @exclusivity(unchecked) private var count = 0
  @exclusivity(unchecked) private var isRetired = false

  init(client: HTTPClient, upstream: Upstream) {
    self.client = client
    self.upstream = upstream
  }

  /// A kept connection that nothing is known against.
  func take() -> ClientConnection? {
    guard let connection = idle.popLast() else { return nil }
    upstream.meter.idle.add(-1)
    return connection
  }

  func open() throws(ClientFault) -> ClientConnection {
    guard count < upstream.limits.connections else { throw .exhausted }
    let connection = ClientConnection(pool: self)
    upstream.meter.connects.add()
    try connection.connect()
    count += 1
    upstream.meter.connections.add(1)
    return connection
  }

  /// Keeps a connection whose answer is complete; false when there are enough.
  func keep(_ connection: ClientConnection) -> Bool {
    guard !isRetired, idle.count < upstream.limits.idleConnections else { return false }
    idle.append(connection)
    upstream.meter.idle.add(1)
    return true
  }

  /// A connection has closed, whether it was kept or in use.
  func forget(_ connection: ClientConnection) {
    count -= 1
    upstream.meter.connections.add(-1)
    guard let index = idle.lastIndex(where: { $0 === connection }) else { return }
    idle.remove(at: index)
    upstream.meter.idle.add(-1)
  }

  /// Closes what is kept, and keeps nothing any more: requests under way finish.
  func retire() {
    isRetired = true
    let connections = idle
    idle = []
    upstream.meter.idle.add(-connections.count)
    for connection in connections { connection.abort() }
  }
}
