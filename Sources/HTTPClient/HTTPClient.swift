// HTTPClient owns the client's side of a connection: a pool of kept connections to each upstream,
// requests out, answers in, both as streams. A request enters as the bytes of its head; the answer
// leaves through a `ClientDelegate`. It knows nothing of routes or tokens.

public import HTTP
public import Transport

/// The HTTP client of one loop, with its kept connections.
public final class HTTPClient {
  /// The loop that it lives on.
  public let loop: EventLoop
  @exclusivity(unchecked) var parser: ResponseHeadParser
  @exclusivity(unchecked) private var pools: [ObjectIdentifier: ConnectionPool] = [:]

  /// A client without connections; `limits` hold for the heads of answers.
  public init(loop: EventLoop, limits: HeadLimits = HeadLimits()) {
    self.loop = loop
    parser = ResponseHeadParser(
      limits: HeadLimits(
        headBytes: min(limits.headBytes, Connection.inputCapacity),
        targetBytes: limits.targetBytes, fieldBytes: limits.fieldBytes,
        fieldCount: limits.fieldCount))
  }

  /// Sends the head of a request on a kept connection, or on a new one.
  ///
  /// Content follows through the connection that this returns, and `endRequest` after it; nothing
  /// leaves before its `flush`. A `fresh` connection is never a kept one.
  public func send(
    head: [UInt8], to upstream: Upstream, answersHead: Bool, fresh: Bool = false,
    delegate: any ClientDelegate
  ) throws(ClientFault) -> ClientConnection {
    let pool = pool(for: upstream)
    let connection: ClientConnection
    if !fresh, let kept = pool.take() {
      connection = kept
    } else {
      do throws(ClientFault) {
        connection = try pool.open()
      } catch {
        upstream.meter.count(error)
        throw error
      }
    }
    connection.begin(head: head, answersHead: answersHead, delegate: delegate)
    return connection
  }

  /// Closes the kept connections of upstreams that are not in the list: after a reload.
  public func keepOnly(_ upstreams: [Upstream]) {
    let kept = Set(upstreams.map { ObjectIdentifier($0) })
    for (id, pool) in pools where !kept.contains(id) {
      pool.retire()
      pools[id] = nil
    }
  }

  private func pool(for upstream: Upstream) -> ConnectionPool {
    if let pool = pools[ObjectIdentifier(upstream)] { return pool }
    let pool = ConnectionPool(client: self, upstream: upstream)
    pools[ObjectIdentifier(upstream)] = pool
    return pool
  }
}
