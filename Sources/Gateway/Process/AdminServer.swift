internal import Diagnostics
internal import HTTPServer
internal import Transport

/// The admin API on its unix socket and over TCP, served by the control loop.
final class AdminServer {
  private let server: HTTPServer
  private let socket: ListeningSocket
  private let remoteSocket: ListeningSocket?
  private var local: Int?
  private var remote: Int?
  private let log: Log
  private let meter: ListenerMeter
  private let remoteMeter: ListenerMeter

  /// Commands are few; more connections than this are a mistake.
  static let connections = 64

  init(
    loop: EventLoop, socket: ListeningSocket, remote: ListeningSocket?, log: Log,
    meters: ProcessMeters, records: RequestRecords
  ) throws(SystemError) {
    meter = ListenerMeter(meters.registry, listener: "admin")
    remoteMeter = ListenerMeter(meters.registry, listener: "admin-tcp")
    self.socket = socket
    remoteSocket = remote
    self.log = log
    server = HTTPServer(
      loop: loop, limits: Limits(), gauge: ConnectionGauge(limit: Self.connections), log: log,
      records: records)
  }

  /// Serves what a snapshot has for administration from now on.
  func serve(_ snapshot: Snapshot) {
    do throws(SystemError) {
      try place(&local, Site(router: snapshot.administration, meter: meter), on: socket)
      if let remote = snapshot.remoteAdministration, let remoteSocket {
        let site = Site(router: remote.router, hosts: remote.hosts, meter: remoteMeter)
        try place(&self.remote, site, on: remoteSocket, tls: remote.certificate)
      }
    } catch {
      log.write(.error, "admin.failed", "an admin listener cannot be served: \(error)")
    }
  }

  private func place(
    _ place: inout Int?, _ site: Site, on socket: ListeningSocket, tls: TLSContext? = nil
  ) throws(SystemError) {
    if let place {
      server.replace(place, site: site, tls: tls)
    } else {
      place = try server.serve(socket, site: site, tls: tls)
    }
  }

  /// Accepts no more.
  func stop() { for place in [local, remote] { if let place { server.stop(place) } } }
}
