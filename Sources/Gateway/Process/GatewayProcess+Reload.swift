internal import Administration
internal import Configuration
internal import Cryptography
internal import Diagnostics

extension GatewayProcess {
  /// Takes the config file as it stands now, whole, or not at all.
  func reload() {
    guard !isEnding else { return }
    owned.audit.reopen(complaining: log)
    SystemdNotice.send("RELOADING=1")
    defer { SystemdNotice.send("READY=1") }
    do throws(StartFailure) {
      let options = try load()
      try refuseWhatNeedsRestart(options)
      let plugins = try LoadedPlugins(
        options.plugins, loader: snapshot.plugins.loader, stateFolder: folder.path, log: log,
        reusing: snapshot.plugins)
      let next = try Snapshot(options, plugins: plugins, vault: vault, owned: owned)
      next.readiness.follow(snapshot.readiness)
      try install(next)
      owned.meters.count(reload: .accepted, at: owned.clock.now())
      log.write(.notice, "reloaded", "serving the new config")
      owned.audit.record(.configReloaded, [LogField("config", launch.configPath)])
    } catch {
      owned.meters.count(reload: .refused, at: owned.clock.now())
      for line in error.lines {
        log.write(.error, "reload.refused", line, [LogField("remedy", "the old config stays")])
        owned.audit.record(.configRefused, [LogField("detail", line)])
      }
    }
  }

  private func load() throws(StartFailure) -> GatewayOptions {
    do throws(ConfigurationFaults) {
      return try ConfigurationFile.load(path: launch.configPath, demo: launch.isDemo)
    } catch {
      throw .configuration(error.faults)
    }
  }

  /// What a running process holds on to; a new process (SIGUSR2) takes the change over.
  private func refuseWhatNeedsRestart(_ options: GatewayOptions) throws(StartFailure) {
    let now = snapshot.options
    let kept: [(name: String, isSame: Bool)] = [
      ("listeners (addresses)", options.listeners.map(\.address) == now.listeners.map(\.address)),
      ("state", options.state == now.state),
      (
        "admin.listener.address",
        options.admin.listener?.address == now.admin.listener?.address
      ),
      ("admin.socket", options.admin.socket == now.admin.socket),
      ("plugins.storage", Self.isSame(options.plugins.storage, now.plugins.storage)),
      ("keys", options.keys.isSame(as: now.keys)),
      ("limits", options.limits == now.limits),
      ("log", options.log == now.log),
      ("tracing", Self.isSame(options.tracing, now.tracing)),
    ]
    let changed = kept.filter { !$0.isSame }.map(\.name)
    guard changed.isEmpty else {
      throw .operation(
        "\(launch.configPath): a reload cannot change \(changed.joined(separator: ", ")); "
          + "send SIGUSR2 to replace the process")
    }
  }

  private static func isSame(_ left: TracingOptions?, _ right: TracingOptions?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.isSame(as: right)
  }

  private static func isSame(_ left: PluginOptions?, _ right: PluginOptions?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.isSame(as: right)
  }
}

extension KeysOptions {
  fileprivate func isSame(as other: KeysOptions) -> Bool {
    signing == other.signing && rotation == other.rotation && cacheLifetime == other.cacheLifetime
      && master.map(\.file) == other.master.map(\.file)
      && master.elementsEqual(other.master) { one, two in
        constantTimeEqual(one.key?.reveal() ?? [], two.key?.reveal() ?? [])
      }
  }
}
