internal import Configuration
internal import Diagnostics
internal import JSON
internal import OAuth
internal import PluginHost
internal import Ports

/// The plugin instances of the process, each made for a config entry and kept while that is the same.
struct LoadedPlugins: Sendable {
  /// An instance of a grant entry.
  struct LoadedGrants: Sendable {
    let options: PluginOptions
    let plugin: Plugin
    let grants: [PluginGrant]
  }

  /// The loader, which remembers every image.
  let loader: PluginLoader
  /// The grants in the order of the config.
  let grants: [LoadedGrants]

  /// Loads the grants of a config; entries that a former config had just so keep their instances.
  init(
    _ options: PluginsOptions, loader: PluginLoader, stateFolder: String, log: Log,
    reusing former: LoadedPlugins? = nil
  ) throws(StartFailure) {
    self.loader = loader
    var faults: [ConfigurationFault] = []
    var loaded: [LoadedGrants] = []
    for entry in options.grants {
      if let same = former?.grants.first(where: { $0.options.isSame(as: entry) }) {
        loaded.append(same)
        continue
      }
      do throws(StartFailure) {
        loaded.append(try Self.load(entry, loader, stateFolder, log))
      } catch {
        guard case .configuration(let found) = error else { throw error }
        faults += found
      }
    }
    guard faults.isEmpty else { throw .configuration(faults) }
    grants = loaded
  }

  /// The catalogue of the grants; two of one type are a fault of the config.
  func catalogue(
    measuredIn registry: MetricRegistry
  ) throws(StartFailure) -> GrantCatalogue {
    let entries = grants.flatMap { loaded in
      loaded.grants.map { grant in
        GrantCatalogue.Entry(
          grant: MeasuredGrant(grant, registry), trustedAsPure: loaded.options.isTrustedAsPure,
          source: loaded.plugin.path)
      }
    }
    do throws(GrantCatalogue.Duplicate) {
      return try GrantCatalogue(entries)
    } catch {
      let options = grants.last { $0.plugin.path == error.second }?.options
      throw .configuration(options.map { [$0.config.fault("", "\(error)")] } ?? [])
    }
  }

  private static func load(
    _ options: PluginOptions, _ loader: PluginLoader, _ stateFolder: String, _ log: Log
  ) throws(StartFailure) -> LoadedGrants {
    let plugin = try options.plugin(loader)
    do throws(PluginError) {
      let grants = try plugin.makeGrants(
        try options.entry(stateFolder: stateFolder, log: log), .starting())
      log.write(
        .info, "plugin.loaded", "loaded a grant plugin",
        plugin.logFields + [
          LogField("grants", grants.map(\.declaration.grantType.text).joined(separator: " "))
        ])
      return LoadedGrants(options: options, plugin: plugin, grants: grants)
    } catch {
      throw .plugin(error, options)
    }
  }
}

extension PluginOptions {
  /// Whether another entry would give the very same instance.
  func isSame(as other: PluginOptions) -> Bool {
    load == other.load && sha256 == other.sha256 && capabilities == other.capabilities
      && isTrustedAsPure == other.isTrustedAsPure && config.json == other.config.json
  }

  /// The plugin, its config checked against the schema that it brings.
  func plugin(_ loader: PluginLoader) throws(StartFailure) -> Plugin {
    let plugin: Plugin
    do throws(PluginError) {
      plugin = try loader.load(load, sha256: sha256)
    } catch {
      throw .plugin(error, self)
    }
    let faults: [ConfigurationFault]
    do throws(PluginConfigSchemaError) {
      let json = JSONValue.object(plugin.configurationSchema).serialized()
      faults = try PluginConfigSchema(parsing: json).faults(in: config)
    } catch {
      throw .configuration([
        fault("\(plugin.path): its config schema is unusable: \(error)", "mend the plugin")
      ])
    }
    guard faults.isEmpty else { throw .configuration(faults) }
    return plugin
  }

  /// The entry as the plugin host wants it.
  func entry(stateFolder: String, log: Log) throws(PluginError) -> PluginEntry {
    PluginEntry(
      configuration: try configuration(), stateFolder: stateFolder,
      capabilities: Set(capabilities.compactMap { PluginCapability(named: $0) }),
      trustsPure: isTrustedAsPure, services: PluginServices(log: log))
  }

  private func configuration() throws(PluginError) -> JSONObject {
    do throws(JSONError) {
      return try JSONValue(parsing: config.json).object ?? JSONObject()
    } catch {
      let fault = PluginConfigurationFault(pointer: "", message: "is no JSON: \(error)")
      throw .configurationRefused(plugin: load, faults: [fault])
    }
  }
}

extension Plugin {
  /// What the log says of a loaded file.
  var logFields: [LogField] {
    [
      LogField("plugin", name), LogField("version", version), LogField("file", path),
      LogField("sha256", sha256),
    ]
  }
}

extension StartFailure {
  /// A plugin's refusal, at the place of its entry in the config.
  static func plugin(_ error: PluginError, _ options: PluginOptions) -> StartFailure {
    switch error {
    case .configurationRefused(_, let faults) where !faults.isEmpty:
      .configuration(faults.map { options.config.fault($0.pointer, $0.message) })
    default:
      .configuration([options.fault("\(error)", "see the message")])
    }
  }
}

extension CallContext {
  /// The context of a call at start-up.
  static func starting() -> CallContext {
    let now = Clock.system.now()
    return CallContext(request: nil, now: now, deadline: now + .seconds(30))
  }
}
