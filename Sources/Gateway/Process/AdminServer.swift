internal import Diagnostics
internal import HTTPServer
internal import Transport

/// The admin API on its unix socket, served by the control loop.
final class AdminServer {
  private let server: HTTPServer
  private let socket: ListeningSocket
  private var place: Int?
  private let log: Log
  private let meter: ListenerMeter

  /// Commands are few; more connections than this are a mistake.
  static let connections = 64

  init(
    loop: EventLoop, socket: ListeningSocket, log: Log, meters: ProcessMeters,
    records: RequestRecords
  ) throws(SystemError) {
    meter = ListenerMeter(meters.registry, listener: "admin")
    self.socket = socket
    self.log = log
    server = HTTPServer(
      loop: loop, limits: Limits(), gauge: ConnectionGauge(limit: Self.connections), log: log,
      records: records)
  }

  /// Serves a table of endpoints from now on.
  func serve(_ router: Router) {
    let site = Site(router: router, meter: meter)
    if let place {
      server.replace(place, site: site)
      return
    }
    do throws(SystemError) {
      place = try server.serve(socket, site: site)
    } catch {
      log.write(.error, "admin.failed", "the admin socket cannot be served: \(error)")
    }
  }

  /// Accepts no more.
  func stop() { if let place { server.stop(place) } }
}
