public import CSallyport

/// What a plugin offers to the host: a grant or a storage, with the options of its config entry.
public struct Offer<Configuration: PluginConfiguration>: Sendable {
  let makeTable: @Sendable (Arena) -> sp_offer
}

/// A whole plugin, held in a global of its library.
public final class PluginDescription: Sendable {
  // Tables live as long as the process: neither the arena nor what it holds is ever freed, and
  // nothing writes to them once they are made.
  private nonisolated(unsafe) let table: UnsafePointer<sp_plugin>?
  private nonisolated(unsafe) let arena: Arena

  /// Describes a plugin: its name as in messages, its own version, and what it offers.
  public init<Configuration: PluginConfiguration>(
    name: String, version: String, offers: [Offer<Configuration>]
  ) {
    let arena = Arena()
    var plugin = sp_plugin()
    plugin.size = abiSize(sp_plugin.self)
    plugin.magic = UInt32(SP_MAGIC)
    plugin.abi_major = UInt32(SP_ABI_MAJOR)
    plugin.abi_minor = UInt32(SP_ABI_MINOR)
    plugin.name = arena.text(name)
    plugin.version = arena.text(version)
    plugin.config_schema = arena.text(Configuration.schema)
    plugin.offers = arena.array(offers.map { $0.makeTable(arena) })
    plugin.offer_count = offers.count
    table = arena.array([plugin])
    self.arena = arena
  }

  /// What `sallyport_plugin` returns: nil for a host of another major version.
  public func descriptor(hostMajor: UInt32, hostMinor: UInt32) -> UnsafePointer<sp_plugin>? {
    hostMajor == UInt32(SP_ABI_MAJOR) && hostMinor >= UInt32(SP_ABI_MINOR) ? table : nil
  }
}
