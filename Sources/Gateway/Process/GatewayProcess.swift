public import Configuration
internal import Diagnostics
internal import Glibc
internal import HTTPServer
internal import PluginHost
internal import Synchronization
internal import Transport

/// The running gateway: what lives from start to end, and the snapshot that is served now.
///
/// It is driven by the control loop on the main thread: signals, upkeep and the admin socket.
public final class GatewayProcess {
  /// How the process was started.
  public struct Launch: Sendable {
    /// The config file.
    public let configPath: String
    /// Whether this is the demonstration.
    public let isDemo: Bool

    /// A launch.
    public init(configPath: String, isDemo: Bool) {
      self.configPath = configPath
      self.isDemo = isDemo
    }
  }

  let launch: Launch
  let log: Log
  let owned: Owned
  let vault: Vault?
  let folder: StateFolder
  let control: EventLoop
  let loops: [ServingLoop]
  let sockets: [ListeningSocket]
  let adminSocket: ListeningSocket
  let remoteAdminSocket: ListeningSocket?
  var snapshot: Snapshot
  var threads: [LoopThread] = []
  var admin: AdminServer?
  var signals: SignalSource?
  var isEnding = false
  var replacement: Replacement?

  /// Builds everything from a config; nothing is served yet.
  public init(_ options: GatewayOptions, launch: Launch) throws(StartFailure) {
    self.launch = launch
    let log = Log(level: options.log.level, format: options.log.format)
    self.log = log
    ProcessSignal.block()
    DescriptorLimit.raise()
    log.write(
      .info, "starting", "sallyport \(Release.version)", [LogField("config", launch.configPath)])
    if launch.isDemo { Self.warnOfDemo(log) }
    var inherited = Inheritance.take()
    folder = try StateFolder(options.state, demo: launch.isDemo)
    let audit = try AuditTrail(options.log.audit, complaining: log)
    let meters = ProcessMeters(started: Clock.system.now())
    let tracing = try options.tracing.map { tracing throws(StartFailure) in
      try Tracing(tracing, log: log, metrics: meters.registry)
    }
    do throws(SystemError) {
      let echo = EchoSocket()
      let pools = try Pools()
      PoolMeters.register(pools, in: meters.registry)
      owned = Owned(
        log: log, clock: .system, pools: pools,
        upstreams: Upstreams(echo: echo, metrics: meters.registry), meters: meters,
        tickets: TicketKeys(), audit: audit,
        records: RequestRecords(DecisionLimits(options.log.decisions), audit: audit.log),
        tracing: tracing)
      control = try EventLoop()
      let gauge = ConnectionGauge(limit: options.limits.connections)
      var loops: [ServingLoop] = []
      for _ in 0..<Pools.cores {
        loops.append(
          ServingLoop(
            loop: try EventLoop(), limits: Limits(options.limits), gauge: gauge,
            logsAccess: options.log.access, echo: echo, owned: owned))
      }
      self.loops = loops
    } catch {
      throw .operation("the process cannot start: \(error)")
    }
    let loader = PluginLoader(
      directories: options.plugins.directory.map { [$0] } ?? PluginLoader.standardDirectories())
    let plugins = try LoadedPlugins(
      options.plugins, loader: loader, stateFolder: folder.path, log: log)
    vault = try Vault.opened(
      options, loader: loader, folder: folder, demo: launch.isDemo, log: log, clock: .system,
      pools: owned.pools, metrics: owned.meters.registry)
    snapshot = try Snapshot(options, plugins: plugins, vault: vault, owned: owned)
    sockets = try Self.listen(
      on: options.listeners.map(\.address), of: "listeners", &inherited, demo: launch.isDemo)
    remoteAdminSocket = try Self.listen(
      on: [options.admin.listener?.address].compactMap { $0 }, of: "admin.listener", &inherited,
      demo: launch.isDemo
    ).first
    adminSocket = try Self.listenForCommands(options, &inherited)
    inherited.closeAll(
      but: sockets + [adminSocket] + [remoteAdminSocket].compactMap { $0 })
  }

  private static func warnOfDemo(_ log: Log) {
    log.write(
      .warning, "demo",
      "THIS IS A DEMONSTRATION: its secrets are public; never put it where others can reach it")
  }

  private static func listen(
    on places: [ListenAddress], of section: String, _ inherited: inout Inheritance, demo: Bool
  ) throws(StartFailure) -> [ListeningSocket] {
    var sockets: [ListeningSocket] = []
    for place in places {
      guard let address = SocketAddress(host: place.host, port: place.port),
        !demo || address.isLoopback
      else { throw .operation("\(section): \(place) cannot be listened on") }
      do throws(SystemError) {
        let socket = try inherited.socket(for: place.text)
        if let socket {
          sockets.append(socket)
        } else {
          sockets.append(try ListeningSocket(address))
        }
      } catch {
        throw .operation(
          "\(section): cannot listen on \(place): \(error); is another instance running?")
      }
    }
    return sockets
  }

  private static func listenForCommands(
    _ options: GatewayOptions, _ inherited: inout Inheritance
  ) throws(StartFailure) -> ListeningSocket {
    let path = options.admin.socket
    do throws(SystemError) {
      if let socket = try inherited.socket(for: "unix:" + path) { return socket }
      return try ListeningSocket(.unix(path))
    } catch {
      throw .operation(
        "admin.socket: cannot listen on \(path): \(error); is another instance running?")
    }
  }
}

extension Limits {
  /// The limits of a config.
  init(_ options: LimitsOptions) {
    self.init()
    headBytes = options.headBytes
    targetBytes = options.targetBytes
    fieldCount = options.fieldCount
    fieldBytes = options.fieldBytes
    bodyBytes = options.bodyBytes
    streamedBodyBytes = Int64(options.streamedBodyBytes)
    connections = options.connections
    requestsPerConnection = options.requestsPerConnection
    headTimeout = options.headTimeout
    idleTimeout = options.idleTimeout
    bodyTimeout = options.bodyTimeout
    bodyRate = Int64(options.bodyRate)
    stallTimeout = options.stallTimeout
    answerTimeout = options.answerTimeout
    lingerTimeout = options.lingerTimeout
  }
}

extension DecisionLimits {
  /// The limits of a config.
  fileprivate init(_ options: DecisionOptions) {
    self.init(refused: options.refused, issued: options.issued, passed: options.passed)
  }
}
