internal import Diagnostics
internal import HTTPClient
internal import Transport

/// Connects to an upstream once, TLS included, and closes: no request is sent.
final class UpstreamProbe: ConnectionHandler {
  private let upstream: Upstream
  private let loop: EventLoop
  private var rest: [SocketAddress]
  private var connection: Connection?
  private var completion: (() -> Void)?
  private var reasons: [String] = []
  private var isReached = false

  init(_ upstream: Upstream, on loop: EventLoop) {
    self.upstream = upstream
    self.loop = loop
    rest = upstream.addresses.reversed()
  }

  /// Why it cannot be reached; nil if it can, once the completion was called.
  var fault: String? {
    isReached
      ? nil
      : "proxy.upstreams.\(upstream.name): cannot be reached (\(reasons.joined(separator: "; "))); "
        + "start it, or mend its address"
  }

  /// Tries the addresses in order until one answers.
  func run(_ completion: @escaping () -> Void) {
    self.completion = completion
    loop.later { [self] in next() }
  }

  private func next() {
    guard !isReached, let address = rest.popLast() else {
      let completion = self.completion
      self.completion = nil
      completion?()
      return
    }
    do throws(SystemError) {
      connection = try Connection.connect(
        to: address, on: loop, tls: upstream.tls.map { ($0, upstream.host) },
        timeout: upstream.limits.connectTimeout.milliseconds, handler: self)
    } catch {
      reasons.append("\(error)")
      next()
    }
  }

  func connectionOpened(_ connection: Connection) {
    isReached = true
    connection.close()
  }

  func connectionReceived(_ connection: Connection) {}

  func connectionEnded(_ connection: Connection) { connection.close() }

  func connectionBlocked(_ connection: Connection) {}

  func connectionDrained(_ connection: Connection) {}

  func connectionExpired(_ connection: Connection) {
    reasons.append("no connection to \(connection.peer) in time")
    connection.close()
  }

  func connectionClosed(_ connection: Connection, by cause: CloseCause) {
    switch cause {
    case .ours: break
    case .failed(let error), .refused(let error): reasons.append("\(error)")
    case .tls(let reason): reasons.append("TLS: \(reason)")
    }
    self.connection = nil
    loop.later { [self] in next() }
  }
}
