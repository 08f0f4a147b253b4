internal import Configuration
internal import Cryptography
internal import Diagnostics
internal import JOSE
internal import PluginHost
internal import Ports
internal import Tokens
internal import Transport

/// What an authorization server keeps: the store, the key ring, and how secrets are hashed.
struct Vault: Sendable {
  let options: PluginOptions
  let store: MeasuredStore
  private let meter: StorageMeter
  let keys: KeyRing
  let revocations: Revocations
  let hasher: ClientSecretHasher

  /// How often the ring looks whether another node changed it, and whether a key is due.
  static let refresh = Lifetime.seconds(1)

  init(
    _ options: GatewayOptions, _ storage: PluginOptions, loader: PluginLoader,
    folder: StateFolder, demo: Bool, log: Log, clock: Clock, pools: Pools,
    metrics: MetricRegistry
  ) throws(StartFailure) {
    self.options = storage
    meter = StorageMeter(metrics)
    store = MeasuredStore(try Self.open(storage, loader, folder, log, meter), meter)
    let master = try Self.masterKeys(options.keys, folder, demo: demo)
    do throws(KeyRingError) {
      keys = try KeyRing(
        store: store, masterKeys: MasterKeys(master), policy: Self.policy(options), clock: clock)
    } catch {
      throw .operation("keys: \(error)")
    }
    revocations = try Self.revocations(store, log, clock, pools)
    guard let first = master.first else { throw .operation("keys.master is empty") }
    do throws(CryptographyError) {
      hasher = try ClientSecretHasher(master: first, older: Array(master.dropFirst()))
    } catch {
      throw .operation("keys.master: \(error)")
    }
    for key in keys.snapshot.keys {
      log.write(
        .info, "key.ready", "opened a signing key",
        [
          LogField("kid", key.id), LogField("algorithm", key.algorithm.rawValue),
          LogField("state", "\(keys.snapshot.state(of: key, at: clock.now()))"),
        ])
    }
    for key in keys.snapshot.encryptionKeys {
      log.write(
        .info, "key.ready", "opened an encryption key",
        [
          LogField("kid", key.id), LogField("algorithm", key.algorithm.rawValue),
          LogField("state", "\(keys.snapshot.state(of: key, at: clock.now()))"),
        ])
    }
  }

  /// The vault of a config, or nil where nothing needs one.
  static func opened(
    _ options: GatewayOptions, loader: PluginLoader, folder: StateFolder, demo: Bool, log: Log,
    clock: Clock, pools: Pools, metrics: MetricRegistry
  ) throws(StartFailure) -> Vault? {
    guard let storage = options.plugins.storage, demo || !options.keys.master.isEmpty else {
      return nil
    }
    return try Vault(
      options, storage, loader: loader, folder: folder, demo: demo, log: log, clock: clock,
      pools: pools, metrics: metrics)
  }

  private static func revocations(
    _ store: MeasuredStore, _ log: Log, _ clock: Clock, _ pools: Pools
  ) throws(StartFailure) -> Revocations {
    do throws(StorageError) {
      let revocations = try Revocations(store: store, clock: clock) { [pool = pools.revocations] in
        pool.submit($0)
      }
      log.write(
        .info, "revocations.ready", "read the revocations",
        [LogField("entries", revocations.count)])
      return revocations
    } catch {
      throw .operation("the revocations cannot be read: \(error)")
    }
  }

  private static func open(
    _ options: PluginOptions, _ loader: PluginLoader, _ folder: StateFolder, _ log: Log,
    _ meter: StorageMeter
  ) throws(StartFailure) -> PluginRecordStore {
    let plugin = try options.plugin(loader)
    do throws(PluginError) {
      let store = try plugin.openStorage(
        options.entry(stateFolder: folder.path, log: log), .starting())
      let counts = Self.counts(of: store, meter)
      log.write(.info, "storage.ready", "opened the storage", plugin.logFields + counts)
      return store
    } catch {
      throw .plugin(error, options)
    }
  }

  private static func counts(of store: PluginRecordStore, _ meter: StorageMeter) -> [LogField] {
    do throws(StorageError) {
      let statistics = try store.statistics(.starting())
      meter.note(statistics)
      let counts = statistics.records.map { "\($0.kind):\($0.count)" }
      return [LogField("records", counts.joined(separator: " "))]
    } catch {
      return [LogField("records", "unknown (\(error))")]
    }
  }

  /// Counts the records anew, for scrapes; on a large store this takes its time.
  func countRecords(at now: UnixTime) throws(StorageError) {
    let context = CallContext(request: nil, now: now, deadline: now + .minutes(5))
    meter.note(try store.statistics(context))
  }

  private static func masterKeys(
    _ options: KeysOptions, _ folder: StateFolder, demo: Bool
  ) throws(StartFailure) -> [Secret<[UInt8]>] {
    var keys: [Secret<[UInt8]>] = []
    for option in options.master {
      if let key = option.key {
        keys.append(key)
      } else if demo, let file = option.file {
        keys.append(try folder.demoMasterKey(at: file))
      }
    }
    if demo, keys.isEmpty { keys = [try folder.demoMasterKey(at: folder.path + "/master.key")] }
    return keys
  }

  private static func policy(_ options: GatewayOptions) throws(KeyRingError) -> KeyPolicy {
    try KeyPolicy(
      algorithms: options.keys.signing,
      rotation: options.keys.rotation.every, documentLifetime: options.keys.cacheLifetime,
      refresh: refresh, publishAhead: options.keys.rotation.publishAhead,
      longestToken: longestToken(options))
  }

  /// A key stays published until the last token it signed has ended.
  private static func longestToken(_ options: GatewayOptions) -> Lifetime {
    let overrides =
      options.clients.compactMap(\.tokens?.accessTokenLifetime)
      + options.resources.compactMap(\.tokens?.accessTokenLifetime)
    return ([options.tokens.accessTokenLifetime, options.keys.rotation.keepAfter] + overrides).max()
      ?? options.tokens.accessTokenLifetime
  }
}
