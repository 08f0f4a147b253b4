internal import CSallyport

extension sp_setup {
  /// The entry's options as JSON.
  func members() throws(PluginFault) -> JSONMembers {
    guard let members = JSONValue(parsing: config.string)?.object else {
      throw PluginFault("the configuration is not a JSON object")
    }
    return members
  }
}

/// Runs what may throw a fault: reports it to the call, and turns it into the ABI's status.
func reporting(
  to host: UnsafePointer<sp_host>, _ call: UInt64, _ body: () throws(PluginFault) -> Void
) -> sp_status {
  do throws(PluginFault) {
    try body()
    return SP_OK
  } catch {
    PluginHost(table: host).report(error, call)
    return SP_INVALID
  }
}
