internal import Administration
internal import Diagnostics
internal import PluginHost
internal import Ports
internal import Tokens

extension HealthCheck {
  /// What must be well for a snapshot to serve.
  static func all(_ plugins: LoadedPlugins, _ vault: Vault?) -> [HealthCheck] {
    var checks: [HealthCheck] = []
    if let vault {
      checks = [storage(vault.store), keys(vault.keys), revocations(vault.revocations)]
    }
    return checks + [grants(plugins.grants.flatMap(\.grants))]
  }

  private static func storage(_ store: MeasuredStore) -> HealthCheck {
    HealthCheck("storage", .waits) {
      do throws(StorageError) {
        try store.health(.starting())
        return nil
      } catch {
        return HealthFault(error.code, "\(error)")
      }
    }
  }

  private static func keys(_ keys: KeyRing) -> HealthCheck {
    HealthCheck("keys", .none) {
      keys.fault.map { HealthFault($0.code, "\($0)") }
    }
  }

  private static func revocations(_ revocations: Revocations) -> HealthCheck {
    HealthCheck("revocations", .none) {
      revocations.fault.map { HealthFault(.healthRevocationsSilent, $0) }
    }
  }

  private static func grants(_ grants: [PluginGrant]) -> HealthCheck {
    HealthCheck("plugins", .none) {
      grants.compactMap(\.illness).first.map { HealthFault(.pluginUnhealthy, $0) }
    }
  }
}
