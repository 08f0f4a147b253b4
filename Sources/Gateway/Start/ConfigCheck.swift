public import Configuration
internal import Diagnostics
internal import OAuth
internal import PluginHost
internal import Ports
internal import Transport

/// What `sallyport check` does beyond reading the file.
///
/// It loads the plugins, has them validate their options, and reads the certificates; nothing is
/// opened for use or written.
public enum ConfigCheck {
  /// Throws every fault.
  public static func run(_ options: GatewayOptions) throws(StartFailure) {
    let loader = PluginLoader(
      directories: options.plugins.directory.map { [$0] } ?? PluginLoader.standardDirectories())
    let log = Log(level: .error)
    var faults: [ConfigurationFault] = []
    var grantTypes: Set<GrantType> = []
    let entries = options.plugins.grants + (options.plugins.storage.map { [$0] } ?? [])
    for entry in entries {
      do throws(StartFailure) {
        let plugin = try check(entry, loader, options.state, log)
        grantTypes.formUnion(plugin.grants.map(\.declaration.grantType))
      } catch {
        guard case .configuration(let found) = error else { throw error }
        faults += found
      }
    }
    // A plugin that could not be loaded would have offered who knows what.
    if faults.isEmpty { faults = options.faults(ofClientsBeyond: grantTypes) }
    do throws(StartFailure) {
      _ = try Certificates.contexts(of: options.listeners, tickets: TicketKeys())
    } catch {
      guard case .configuration(let found) = error else { throw error }
      faults += found
    }
    guard faults.isEmpty else { throw .configuration(faults) }
  }

  private static func check(
    _ entry: PluginOptions, _ loader: PluginLoader, _ stateFolder: String, _ log: Log
  ) throws(StartFailure) -> Plugin {
    let plugin = try entry.plugin(loader)
    do throws(PluginError) {
      try plugin.validate(try entry.entry(stateFolder: stateFolder, log: log), .starting())
    } catch {
      throw .plugin(error, entry)
    }
    return plugin
  }
}
