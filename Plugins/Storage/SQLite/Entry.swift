public import CSallyport
internal import SallyportPlugin

private let plugin = PluginDescription(
  name: "storage-sqlite", version: "1.0.0", offers: [.storage(SQLiteStorage.self)])

/// The one symbol of the library.
@c @implementation
public func sallyport_plugin(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sp_plugin>? {
  plugin.descriptor(hostMajor: major, hostMinor: minor)
}
