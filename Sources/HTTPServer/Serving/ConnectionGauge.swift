internal import Synchronization
internal import Transport

/// Counts the connections of all loops against one limit, and says which loop should take the next.
///
/// Safe from any thread.
public final class ConnectionGauge: Sendable {
  private let limit: Int
  private let open = Atomic<Int>(0)
  private let shares = Mutex<[LoopShare]>([])

  /// A gauge that lets in so many at once.
  public init(limit: Int) { self.limit = limit }

  /// How many are open.
  public var count: Int { open.load(ordering: .relaxed) }

  func enter() -> Bool {
    let count = open.wrappingAdd(1, ordering: .relaxed).newValue
    guard count > limit else { return true }
    leave()
    return false
  }

  func leave() { open.wrappingSubtract(1, ordering: .relaxed) }

  func join(_ share: LoopShare) { shares.withLock { $0.append(share) } }

  /// The loop with the fewest connections among those that serve a listener.
  ///
  /// Whichever loop wakes first accepts all that wait, so without this one loop could serve a burst
  /// of clients alone. A hop to another thread once in a connection's life is the cheaper evil.
  func lightest(for listener: Int, other own: LoopShare) -> LoopShare? {
    shares.withLock { shares in
      var best = own
      for share in shares where share.serves(listener) && share.count + 1 < best.count {
        best = share
      }
      return best === own ? nil : best
    }
  }
}

/// What the other loops may know of a server.
final class LoopShare: Sendable {
  private let loop: EventLoop
  private let server: LoopBound
  private let connections = Atomic<Int>(0)
  private let listeners = Atomic<Int>(0)

  /// Unchecked, because the server is touched on its own loop only.
  private struct LoopBound: @unchecked Sendable {
    unowned let server: HTTPServer
  }

  init(_ server: HTTPServer) {
    loop = server.loop
    self.server = LoopBound(server: server)
  }

  var count: Int { connections.load(ordering: .relaxed) }

  func serves(_ listener: Int) -> Bool { listener < listeners.load(ordering: .acquiring) }

  /// Says how many listeners may be given connections: none while the server drains.
  func publish(listeners count: Int) { listeners.store(count, ordering: .releasing) }

  func change(by difference: Int) { connections.wrappingAdd(difference, ordering: .relaxed) }

  /// Gives the loop a connection, which counts from now on.
  func give(_ descriptor: Int32, from peer: SocketAddress, at listener: Int) {
    change(by: 1)
    loop.post { [server] in server.server.take(descriptor, from: peer, at: listener) }
  }
}
