internal import Diagnostics
internal import Glibc
internal import HTTPServer
internal import Transport

/// The echo on its own: what `sallyport echo` runs.
public enum EchoServer {
  /// Serves on an address until a signal ends it.
  public static func run(on text: String) throws(StartFailure) {
    guard let address = SocketAddress(text), !address.isUnix else {
      throw .operation("\"\(text)\" is no IP address with a port, like 127.0.0.1:9000")
    }
    ProcessSignal.block()
    do throws(SystemError) {
      try serve(try ListeningSocket(address))
    } catch {
      throw .operation("cannot listen on \(text): \(error)")
    }
  }

  private static func serve(_ socket: ListeningSocket) throws(SystemError) {
    let log = Log()
    let loop = try EventLoop()
    let server = HTTPServer(
      loop: loop, limits: Limits(), gauge: ConnectionGauge(limit: Limits().connections), log: log)
    let signals = try SignalSource(loop: loop) { signal in
      guard signal == .terminate || signal == .interrupt else { return }
      server.drain(within: .seconds(5)) { loop.stop() }
    }
    try server.serve(socket, site: Site(router: Router(), fallback: .endpoint(EchoEndpoint())))
    log.write(
      .info, "ready", "echoing",
      [LogField("listener", "http://\(socket.address)"), LogField("pid", Int(getpid()))])
    withExtendedLifetime(signals) { loop.run() }
  }
}
