internal import Diagnostics
internal import Transport

/// The pools' queues and threads, as scrapes see them.
enum PoolMeters {
  private static let waiting = MetricDefinition(
    .gauge, "sallyport_pool_waiting", "Pieces of work that wait for a thread.", labels: ["pool"])
  private static let busy = MetricDefinition(
    .gauge, "sallyport_pool_busy_threads", "Threads at work.", labels: ["pool"])
  private static let threads = MetricDefinition(
    .gauge, "sallyport_pool_threads", "Threads that there are.", labels: ["pool"])
  private static let refused = MetricDefinition(
    .counter, "sallyport_pool_refused", "Pieces of work refused since the queue was full.",
    labels: ["pool"])

  static func register(_ pools: Pools, in registry: MetricRegistry) {
    let named = [
      ("computing", pools.computing), ("waiting", pools.waiting), ("upkeep", pools.upkeep),
      ("revocations", pools.revocations), ("health", pools.health),
    ]
    func observe(_ definition: MetricDefinition, _ read: @escaping @Sendable (BlockingPool) -> Int)
    {
      registry.observe(definition) {
        named.map { MetricSample(Double(read($0.1)), labels: [$0.0]) }
      }
    }
    observe(waiting) { $0.waiting }
    observe(busy) { $0.busy }
    observe(threads) { $0.size }
    observe(refused) { $0.refused }
  }
}
