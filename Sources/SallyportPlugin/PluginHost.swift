internal import CSallyport

/// The services of the host, each of which the config entry must grant as a capability.
///
/// Safe on any thread. A service that is not granted throws `.denied`.
public struct PluginHost: @unchecked Sendable {
  // The host keeps its table for the life of the process and allows calls from any thread.
  let table: UnsafePointer<sp_host>

  /// How loud a log line is.
  public enum Level: UInt32, Sendable {
    /// For whoever debugs.
    case debug
    /// What happens.
    case info
    /// What an operator should read some day.
    case notice
    /// What an operator should look into.
    case warning
    /// What does not work.
    case error
  }

  /// Writes a line to the host's log: a stable dotted event name and a sentence.
  public func log(_ level: Level, _ event: String, _ message: String) throws(ServiceFault) {
    let arena = Arena()
    defer { arena.release() }
    try check(table.pointee.log(table, level.rawValue, arena.text(event), arena.text(message)))
  }

  /// Adds to a counter of the host's metrics, named by lower-case letters, digits and underscores.
  public func add(_ amount: Double, toCounter name: String) throws(ServiceFault) {
    let arena = Arena()
    defer { arena.release() }
    try check(table.pointee.metric(table, arena.text(name), amount))
  }

  /// Random bytes for keys and identifiers.
  public func random(count: Int) throws(ServiceFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let status = bytes.withUnsafeMutableBytes {
      table.pointee.random(table, $0.baseAddress, $0.count)
    }
    try check(status)
    return bytes
  }

  /// Asks a service by name, with a JSON object each way (`docs/plugins.md` has the members).
  public func ask(_ service: String, _ request: JSONMembers, _ context: PluginContext)
    throws(ServiceFault) -> JSONMembers
  {
    let arena = Arena()
    defer { arena.release() }
    var answer = JSONMembers()
    let status = withUnsafeMutablePointer(to: &answer) { answer in
      table.pointee.ask(
        table, context.call, arena.text(service), arena.text(request.text),
        { to, json in
          guard let object = JSONValue(parsing: json.string)?.object else { return }
          to?.assumingMemoryBound(to: JSONMembers.self).pointee = object
        }, answer)
    }
    try check(status)
    return answer
  }

  func report(_ fault: PluginFault, _ call: UInt64) {
    let arena = Arena()
    defer { arena.release() }
    // A call that has ended takes no more reports; there is nobody left to tell.
    _ = table.pointee.report(table, call, arena.text(fault.pointer), arena.text(fault.message))
  }

  private func check(_ status: sp_status) throws(ServiceFault) {
    if let fault = ServiceFault(status) { throw fault }
  }
}

/// Why a service of the host did not do what was asked.
public enum ServiceFault: Error, Sendable, Equatable {
  /// The config entry does not grant the capability.
  case denied
  /// This host does not offer the service.
  case unsupported
  /// There is nothing by that name.
  case notFound
  /// An argument is wrong or too large.
  case invalid
  /// The call in whose course it was asked has ended.
  case late
  /// Anything else, by the status of the ABI.
  case failed(status: Int32)

  init?(_ status: sp_status) {
    switch status {
    case SP_OK: return nil
    case SP_DENIED: self = .denied
    case SP_UNSUPPORTED: self = .unsupported
    case SP_NOT_FOUND: self = .notFound
    case SP_INVALID, SP_TOO_LARGE: self = .invalid
    case SP_LATE, SP_ANSWERED: self = .late
    default: self = .failed(status: status)
    }
  }
}
