internal import Administration
internal import Configuration
internal import Diagnostics
internal import Glibc
internal import Synchronization
internal import Telemetry
internal import Tokens
internal import Transport

extension GatewayProcess {
  /// Serves until a signal ends the process; returns when everything in flight is finished.
  public func run() throws(StartFailure) {
    do throws(SystemError) {
      signals = try SignalSource(loop: control) { [unowned self] in received($0) }
      admin = try AdminServer(
        loop: control, socket: adminSocket, remote: remoteAdminSocket, log: log,
        meters: owned.meters,
        records: owned.records)
      admin?.serve(snapshot)
      for loop in loops {
        threads.append(try LoopThread(name: "loop", loop: loop.loop))
      }
      try owned.tracing?.exporter.start()
    } catch {
      throw .operation("the process cannot start: \(error)")
    }
    try install(snapshot)
    scheduleUpkeep()
    watchReadiness(ReadinessReport(log: log))
    announce()
    control.run()
    for thread in threads { thread.stop() }
    owned.tracing?.exporter.finish()
    owned.audit.record(.ended)
    owned.audit.end()
  }

  /// Puts a snapshot in service on every loop, and waits until each has it.
  func install(_ snapshot: Snapshot) throws(StartFailure) {
    let failure = Mutex<SystemError?>(nil)
    for loop in loops {
      let done = WaitSignal()
      loop.loop.post { [sockets, vault, hosts = Self.demoHosts(launch)] in
        do throws(SystemError) {
          try loop.serve(snapshot, on: sockets, vault: vault, hosts: hosts)
        } catch {
          failure.withLock { $0 = error }
        }
        done.raise()
      }
      done.wait()
    }
    if let failure = failure.withLock({ $0 }) { throw .operation("cannot serve: \(failure)") }
    self.snapshot = snapshot
    SnapshotMeters.register(
      readiness: snapshot.readiness, snapshot.plugins, vault, owned)
    admin?.serve(snapshot)
  }

  /// The demonstration's secrets are public, so a page of the web must not reach it by a name of
  /// its own that leads to loopback.
  private static func demoHosts(_ launch: Launch) -> [String]? {
    launch.isDemo ? ["127.0.0.1", "localhost", "[::1]"] : nil
  }

  /// The last line of a start: the addresses, ports resolved.
  private func announce() {
    var fields: [LogField] = []
    for (listener, socket) in zip(snapshot.options.listeners, sockets) {
      let scheme = listener.tls == nil ? "http" : "https"
      fields.append(LogField("listener", "\(scheme)://\(socket.address)"))
    }
    fields.append(LogField("admin", "\(adminSocket.address)"))
    if let listener = snapshot.options.admin.listener, let remoteAdminSocket {
      let scheme = listener.tls == nil ? "http" : "https"
      fields.append(LogField("admin_listener", "\(scheme)://\(remoteAdminSocket.address)"))
    }
    fields.append(LogField("pid", Int(getpid())))
    log.write(.info, "ready", "serving", fields)
    owned.audit.record(
      .started,
      [
        LogField("version", Release.version), LogField("config", launch.configPath),
        LogField("pid", Int(getpid())),
      ])
    Inheritance.reportReady()
    SystemdNotice.send("READY=1\nMAINPID=\(getpid())")
  }

  private func received(_ signal: ProcessSignal) {
    switch signal {
    case .terminate, .interrupt: end("signal \(signal)")
    case .hangUp: reload()
    case .replace: replace()
    case .child: replacement?.collect()
    }
  }

  /// Stops accepting, finishes what is under way within the limit, and leaves the control loop.
  func end(_ reason: String) {
    guard !isEnding else { return }
    isEnding = true
    log.write(.info, "draining", "finishing what is under way", [LogField("cause", reason)])
    SystemdNotice.send("STOPPING=1")
    admin?.stop()
    // Clients are better refused than kept waiting for a process that will not answer; a new
    // process that shares the sockets takes them.
    if replacement == nil { for socket in sockets { socket.stopListening() } }
    let left = Mutex(loops.count)
    for loop in loops {
      loop.loop.post { [control, log, limit = snapshot.options.limits.drainTimeout] in
        loop.drain(within: limit) {
          let isLast = left.withLock { left in
            left -= 1
            return left == 0
          }
          guard isLast else { return }
          log.write(.info, "ended", "every request is finished")
          control.stop()
        }
      }
    }
  }

  /// Asks the components of the snapshot in use how they are, all the time.
  private func watchReadiness(_ report: ReadinessReport) {
    snapshot.readiness.probe()
    report.note(snapshot.readiness.components)
    _ = control.schedule(after: Readiness.interval.milliseconds) { [unowned self] in
      watchReadiness(report)
    }
  }
}
