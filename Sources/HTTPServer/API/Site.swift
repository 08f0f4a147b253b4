internal import Diagnostics
internal import HTTP

/// What a listener serves: an immutable value that a reload replaces as a whole.
///
/// A request keeps the site it began with. Bound to one loop, since its stream handler is.
public final class Site {
  /// Who takes the requests whose path no endpoint has.
  public enum Fallback {
    /// Nobody: they are answered 404.
    case none
    /// An endpoint, whatever its path: the content is read whole.
    case endpoint(any Endpoint)
    /// A handler that takes the content as a stream.
    case stream(any StreamHandler)
  }

  let router: Router
  let fallback: Fallback
  let hosts: [String]?
  let meter: ListenerMeter
  /// The meter of each endpoint, by its path.
  private let meters: [String: RequestMeter]

  /// A site of endpoints and a fallback.
  ///
  /// Requests for other hosts than those named are answered 421: a page of a stranger cannot reach
  /// a loopback address under a name of its own. Without names, every host is served.
  public init(
    router: Router, fallback: Fallback = .none, hosts: [String]? = nil,
    meter: ListenerMeter = ListenerMeter()
  ) {
    self.router = router
    self.fallback = fallback
    self.hosts = hosts
    self.meter = meter
    var meters: [String: RequestMeter] = [:]
    for description in router.descriptions {
      meters[description.path] = meter.handler(description.path)
    }
    self.meters = meters
  }

  func meter(of description: EndpointDescription) -> RequestMeter {
    meters[description.path] ?? meter.unrouted
  }

  func serves(_ host: HostName?, in bytes: Span<UInt8>) -> Bool {
    guard let hosts else { return true }
    guard let host else { return false }
    return hosts.contains { host.name.matches($0, in: bytes) }
  }
}
