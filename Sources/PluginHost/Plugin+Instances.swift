internal import CSallyport
public import Ports

extension Plugin {
  /// Checks an entry's options by the plugin's schema, and then asks every offer what is wrong.
  ///
  /// It has no side effects. A plugin is not asked about options that its schema refuses.
  public func validate(_ entry: PluginEntry, _ context: CallContext) throws(PluginError) {
    var faults = SchemaCheck.faults(of: entry.configuration, by: configurationSchema)
    guard faults.isEmpty else { throw .configurationRefused(plugin: name, faults: faults) }
    let host = HostTable(plugin: name, entry: entry.withoutCapabilities)
    for offer in grants {
      let found = host.setUp(context) {
        offer.table.validate(offer.table.`self`, host.pointer, $0, $1)
      }
      faults += Self.faults(found)
    }
    if let storage {
      let found = host.setUp(context) {
        storage.table.validate(storage.table.`self`, host.pointer, $0, $1)
      }
      faults += Self.faults(found)
    }
    guard faults.isEmpty else { throw .configurationRefused(plugin: name, faults: faults) }
  }

  /// Makes an instance of each grant that the plugin offers.
  public func makeGrants(_ entry: PluginEntry, _ context: CallContext) throws(PluginError)
    -> [PluginGrant]
  {
    guard !grants.isEmpty else { throw .noOffer(path: path, kind: "grant") }
    try validate(entry, context)
    let host = HostTable(plugin: name, entry: entry)
    var made: [PluginGrant] = []
    for offer in grants { made.append(try PluginGrant(offer, host, context)) }
    return made
  }

  /// Opens the store that the plugin offers.
  public func openStorage(_ entry: PluginEntry, _ context: CallContext) throws(PluginError)
    -> PluginRecordStore
  {
    guard let storage else { throw .noOffer(path: path, kind: "storage") }
    try validate(entry, context)
    return try PluginRecordStore(storage, HostTable(plugin: name, entry: entry), context)
  }

  /// A refusal without a report is still a refusal.
  private static func faults(_ found: (status: sp_status, reports: [PluginConfigurationFault]))
    -> [PluginConfigurationFault]
  {
    guard found.status != SP_OK, found.reports.isEmpty else { return found.reports }
    return [PluginConfigurationFault(pointer: "", message: StatusName.text(found.status))]
  }
}
