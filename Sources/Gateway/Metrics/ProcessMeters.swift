internal import Diagnostics
internal import Transport

/// What the process counts of itself, whatever the config says.
struct ProcessMeters: Sendable {
  /// Everything that is scraped.
  let registry = MetricRegistry()
  /// How reloads ended, by `ReloadResult`.
  private let reloads: CounterTable
  private let reloaded: Gauge
  private let isCurrent: Gauge

  private static let build = MetricDefinition(
    .info, "sallyport_build", "The version that runs.", labels: ["version"])
  private static let reloads = MetricDefinition(
    .counter, "sallyport_config_reloads", "Reloads of the config (SIGHUP).", labels: ["result"])
  private static let reloaded = MetricDefinition(
    .gauge, "sallyport_config_loaded_timestamp_seconds",
    "When the config in use was taken, in seconds since 1970.")
  private static let isCurrent = MetricDefinition(
    .gauge, "sallyport_config_last_reload_successful",
    "1, or 0 if the last reload was refused and an older config is in use.")

  /// How a reload ended.
  enum ReloadResult: Int, CaseIterable {
    case accepted
    case refused
  }

  init(started: UnixTime) {
    registry.observe(Self.build) { [MetricSample(1, labels: [Release.version])] }
    ProcessMetrics.register(in: registry, started: started)
    reloads = registry.table(Self.reloads, varying: ReloadResult.allCases.map { "\($0)" })
    reloaded = registry.gauge(Self.reloaded)
    isCurrent = registry.gauge(Self.isCurrent)
    reloaded.setShare(Int(started.seconds))
    isCurrent.setShare(1)
  }

  /// Counts a reload; on the control loop.
  func count(reload result: ReloadResult, at time: UnixTime) {
    reloads.add(result.rawValue)
    isCurrent.setShare(result == .accepted ? 1 : 0)
    if result == .accepted { reloaded.setShare(Int(time.seconds)) }
  }
}
