internal import Configuration
internal import Diagnostics
internal import HTTPClient
internal import Synchronization
internal import Transport

/// The upstreams of the process: one made before for the same options is used again, with its pools.
final class Upstreams: Sendable {
  private struct Made {
    let options: UpstreamOptions
    let upstream: Upstream
  }

  private let made = Mutex<[String: Made]>([:])
  private let echo: EchoSocket
  private let metrics: MetricRegistry

  init(echo: EchoSocket, metrics: MetricRegistry) {
    self.echo = echo
    self.metrics = metrics
  }

  /// The upstream of a name.
  func upstream(_ named: ProxyPlan.NamedUpstream) throws(StartFailure) -> Upstream {
    let former = made.withLock { $0[named.name] }
    if let former, former.options.isSame(as: named.options) { return former.upstream }
    let upstream = try make(named.name, named.options)
    made.withLock { $0[named.name] = Made(options: named.options, upstream: upstream) }
    return upstream
  }

  private func make(_ name: String, _ options: UpstreamOptions) throws(StartFailure) -> Upstream {
    var limits = Upstream.Limits()
    limits.connectTimeout = options.connectTimeout
    limits.firstByteTimeout = options.responseTimeout
    limits.readTimeout = options.stallTimeout
    limits.idleTimeout = options.idleTimeout
    limits.connections = options.connections
    limits.idleConnections = options.idleConnections
    let meter = UpstreamMeter(metrics, upstream: name)
    switch options.target {
    case .echo:
      return Upstream(
        name: name, addresses: [try echo.open().address], limits: limits, meter: meter)
    case .server(let address):
      return Upstream(
        name: name, addresses: try Self.resolve(address, for: "proxy.upstreams"),
        tls: try Self.tls(
          address, trusting: options.authorities, for: "proxy.upstreams"), host: address.host,
        limits: limits, meter: meter)
    }
  }

  /// The addresses of a server that a section of the config names.
  static func resolve(
    _ address: UpstreamAddress, for section: String
  ) throws(StartFailure) -> [SocketAddress] {
    if let literal = SocketAddress(host: address.host, port: address.port) { return [literal] }
    do throws(SystemError) {
      let found = try SocketAddress.resolve(host: address.host, port: address.port)
      guard !found.isEmpty else { throw SystemError("resolve \(address.host)", code: 2) }
      return found
    } catch {
      throw .operation("\(section): \(address) cannot be resolved: \(error)")
    }
  }

  /// How to speak TLS to a server that a section of the config names; nil for plain HTTP.
  static func tls(
    _ address: UpstreamAddress, trusting authorities: String?, for section: String
  ) throws(StartFailure) -> TLSContext? {
    guard address.isSecure else { return nil }
    do throws(TLSError) {
      return try TLSContext(trusting: authorities)
    } catch {
      throw .operation("\(section): \(address): \(error)")
    }
  }
}

extension UpstreamOptions {
  /// Whether another entry would give the very same upstream.
  fileprivate func isSame(as other: UpstreamOptions) -> Bool {
    target == other.target && authorities == other.authorities
      && connectTimeout == other.connectTimeout && responseTimeout == other.responseTimeout
      && stallTimeout == other.stallTimeout && idleTimeout == other.idleTimeout
      && connections == other.connections && idleConnections == other.idleConnections
  }
}
