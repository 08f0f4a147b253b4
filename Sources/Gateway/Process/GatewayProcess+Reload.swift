internal import Configuration
internal import Diagnostics

extension GatewayProcess {
  /// Takes the config file as it stands now, whole, or not at all.
  func reload() {
    guard !isEnding else { return }
    SystemdNotice.send("RELOADING=1")
    defer { SystemdNotice.send("READY=1") }
    do throws(StartFailure) {
      let options = try load()
      try refuseWhatNeedsRestart(options)
      let plugins = try LoadedPlugins(
        options.plugins, loader: snapshot.plugins.loader, stateFolder: folder.path, log: log,
        reusing: snapshot.plugins)
      try install(Snapshot(options, plugins: plugins, vault: vault, owned: owned))
      log.write(.notice, "reloaded", "serving the new config")
    } catch {
      for line in error.lines {
        log.write(.error, "reload.refused", line, [LogField("remedy", "the old config stays")])
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
    var changed: [String] = []
    if options.listeners.map(\.address) != now.listeners.map(\.address) {
      changed.append("listeners (addresses)")
    }
    if options.state != now.state { changed.append("state") }
    if options.admin.socket != now.admin.socket { changed.append("admin.socket") }
    if !Self.isSame(options.plugins.storage, now.plugins.storage) {
      changed.append("plugins.storage")
    }
    if options.keys.signing != now.keys.signing
      || !options.keys.rotation.isSame(as: now.keys.rotation)
      || options.keys.cacheLifetime != now.keys.cacheLifetime
    {
      changed.append("keys")
    }
    guard changed.isEmpty else {
      throw .operation(
        "\(launch.configPath): a reload cannot change \(changed.joined(separator: ", ")); "
          + "send SIGUSR2 to replace the process")
    }
  }

  private static func isSame(_ left: PluginOptions?, _ right: PluginOptions?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.isSame(as: right)
  }
}

extension RotationOptions {
  fileprivate func isSame(as other: RotationOptions) -> Bool {
    every == other.every && publishAhead == other.publishAhead && keepAfter == other.keepAfter
  }
}
