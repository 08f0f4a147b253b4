// SallyportPlugin owns the Swift face of the plugin ABI for plugin authors. It imports CSallyport
// and nothing of the host: host and plugins share no Swift type. A plugin conforms to `GrantPlugin`
// or `StoragePlugin`, describes itself in a `PluginDescription`, and exports the ABI's one symbol:
//
//     private let plugin = PluginDescription(
//       name: "my-grant", version: "1.0.0", offers: [.grant(MyGrant.self)])
//
//     @c @implementation
//     public func sallyport_plugin(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sp_plugin>? {
//       plugin.descriptor(hostMajor: major, hostMinor: minor)
//     }
