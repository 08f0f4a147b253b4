internal import Administration
internal import Diagnostics
internal import JOSE
internal import PluginHost
internal import Tokens

/// What scrapes read from the parts in service: health, plugins, keys.
enum SnapshotMeters {
  private static let ready = MetricDefinition(
    .gauge, "sallyport_ready", "1 if every component is well, as /health/ready says, else 0.")
  private static let checks = MetricDefinition(
    .gauge, "sallyport_health_check", "1 if that component is well, else 0.",
    labels: ["check"])
  private static let stuck = MetricDefinition(
    .gauge, "sallyport_plugin_stuck_calls",
    "Calls of a plugin that are past their deadline and have not returned.", labels: ["plugin"])
  private static let keys = MetricDefinition(
    .gauge, "sallyport_signing_keys", "Signing keys.", labels: ["algorithm", "state"])
  private static let age = MetricDefinition(
    .gauge, "sallyport_signing_key_age_seconds",
    "For how long the key that signs with an algorithm has been signing.", labels: ["algorithm"])
  private static let next = MetricDefinition(
    .gauge, "sallyport_signing_key_next_change_timestamp_seconds",
    "When a key of an algorithm next changes its state, in seconds since 1970.",
    labels: ["algorithm"])

  private static let revocations = MetricDefinition(
    .gauge, "sallyport_revocations", "Revocations that count now, of all nodes.")
  private static let feed = MetricDefinition(
    .gauge, "sallyport_revocation_feed_fresh",
    "1 if other nodes' revocations were read within the last 5 s, else 0.")

  /// Shows the parts of a snapshot in place of those of the one before.
  static func register(
    readiness: Readiness, _ plugins: LoadedPlugins, _ vault: Vault?, _ owned: Owned
  ) {
    let registry = owned.meters.registry
    registry.observe(ready) {
      [MetricSample(readiness.components.allSatisfy { $0.fault == nil } ? 1 : 0)]
    }
    registry.observe(checks) {
      readiness.components.map { MetricSample($0.fault == nil ? 1 : 0, labels: [$0.name]) }
    }
    registry.observe(stuck) {
      let grants = plugins.grants.compactMap { loaded in
        loaded.grants.first.map { (loaded.plugin.name, $0.stuckCalls) }
      }
      let storage = vault.map { [($0.store.store.plugin, $0.store.store.stuckCalls)] } ?? []
      // Two entries of one plugin are one series.
      let sums = Dictionary(grants + storage, uniquingKeysWith: +)
      return sums.sorted { $0.key < $1.key }.map {
        MetricSample(Double($0.value), labels: [$0.key])
      }
    }
    registry.observe(revocations) {
      vault.map { [MetricSample(Double($0.revocations.count))] } ?? []
    }
    registry.observe(feed) {
      vault.map { [MetricSample($0.revocations.fault == nil ? 1 : 0)] } ?? []
    }
    registry.observe(keys) { vault.map { keyCounts($0.keys, owned.clock.now()) } ?? [] }
    registry.observe(age) { vault.map { keyAges($0.keys, owned.clock.now()) } ?? [] }
    registry.observe(next) { vault.map { keyChanges($0.keys) } ?? [] }
  }

  private static func keyCounts(_ keys: KeyRing, _ now: UnixTime) -> [MetricSample] {
    let snapshot = keys.snapshot
    var counts: [[String]: Int] = [:]
    for key in snapshot.keys {
      counts[[key.algorithm.rawValue, "\(snapshot.state(of: key, at: now))"], default: 0] += 1
    }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { MetricSample(Double($0.value), labels: $0.key) }
  }

  private static func keyAges(_ keys: KeyRing, _ now: UnixTime) -> [MetricSample] {
    let snapshot = keys.snapshot
    return snapshot.keys.filter { snapshot.state(of: $0, at: now) == .active }.map { key in
      let age = now.milliseconds &- key.activates.milliseconds
      return MetricSample(Double(age) / 1000, labels: [key.algorithm.rawValue])
    }
  }

  private static func keyChanges(_ keys: KeyRing) -> [MetricSample] {
    var firsts: [String: UnixTime] = [:]
    for entry in keys.plan() where firsts[entry.algorithm] == nil {
      firsts[entry.algorithm] = entry.time
    }
    return firsts.sorted { $0.key < $1.key }
      .map { MetricSample(Double($0.value.seconds), labels: [$0.key]) }
  }
}
