public import Diagnostics
public import JSON
public import Ports

/// What the process lends to plugins; what is nil or missing answers "unsupported".
public struct PluginServices: Sendable {
  /// A service that is asked for by name, with a JSON object each way.
  public typealias Service =
    @Sendable (JSONObject, CallContext) throws(PluginServiceError) -> JSONObject

  /// Where log lines go.
  public let log: Log
  /// Adds to a counter.
  public let count: (@Sendable (_ counter: String, _ amount: Double) -> Void)?
  /// Where the entries keep records of their own.
  public let state: (any RecordStore)?
  /// Services by their names.
  public let named: [String: Service]
  /// Told when others have changed a shared store up to a cursor.
  public let changed: (@Sendable ([UInt8]) -> Void)?

  /// Services; without arguments for what is left out.
  public init(
    log: Log, count: (@Sendable (_ counter: String, _ amount: Double) -> Void)? = nil,
    state: (any RecordStore)? = nil, named: [String: Service] = [:],
    changed: (@Sendable ([UInt8]) -> Void)? = nil
  ) {
    self.log = log
    self.count = count
    self.state = state
    self.named = named
    self.changed = changed
  }
}

/// Why a service did not do what a plugin asked.
public enum PluginServiceError: Error, Sendable {
  /// There is nothing by that name.
  case notFound
  /// The request is wrong.
  case invalid
  /// It cannot be reached now.
  case unavailable
  /// Anything else.
  case failed
}

/// A config entry as its plugin gets it.
public struct PluginEntry: Sendable {
  /// The options, valid by the plugin's schema.
  public let configuration: JSONObject
  /// An absolute path of an existing folder, mode 0700.
  public let stateFolder: String
  /// What the entry grants.
  public let capabilities: Set<PluginCapability>
  /// Whether a grant that says it is pure may run on the event loop.
  public let trustsPure: Bool
  /// Threads that calls may block, and how many stuck ones make the plugin unhealthy.
  public let limits: PluginLimits
  /// What the process lends.
  public let services: PluginServices

  /// An entry.
  public init(
    configuration: JSONObject = JSONObject(), stateFolder: String,
    capabilities: Set<PluginCapability> = [], trustsPure: Bool = false,
    limits: PluginLimits = PluginLimits(), services: PluginServices
  ) {
    self.configuration = configuration
    self.stateFolder = stateFolder
    self.capabilities = capabilities
    self.trustsPure = trustsPure
    self.limits = limits
    self.services = services
  }
}

extension PluginEntry {
  /// The entry as it is checked: nothing is granted yet.
  var withoutCapabilities: PluginEntry {
    PluginEntry(
      configuration: configuration, stateFolder: stateFolder, trustsPure: trustsPure,
      limits: limits, services: services)
  }
}

/// What one plugin may hold.
public struct PluginLimits: Sendable {
  /// Threads for calls of a grant that is not pure.
  public let threads: Int
  /// Calls past their deadline beyond which the plugin is unhealthy.
  public let stuckCalls: Int

  /// Limits of one's own, at least one each.
  public init(threads: Int = 8, stuckCalls: Int = 3) {
    self.threads = max(1, threads)
    self.stuckCalls = max(1, stuckCalls)
  }
}
