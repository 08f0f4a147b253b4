internal import AuthorizationServer
internal import Glibc
internal import Transport

/// The two bounded pools of the process; full means 503, never an unbounded queue.
struct Pools: Sendable {
  /// For computing: as many threads as cores.
  let computing: BlockingPool
  /// For waiting: plugins, storage reads.
  let waiting: BlockingPool
  /// For the process's own work and the admin socket, so that neither waits behind requests.
  let upkeep: BlockingPool
  /// For the revocations, whose reading and writing must wait behind nothing.
  let revocations: BlockingPool
  /// For asking whether storage is well, so that one who hangs holds up nothing else.
  let health: BlockingPool

  static let waitingThreads = 16
  static let queued = 1024

  init() throws(SystemError) {
    computing = try BlockingPool(name: "computing", threads: Self.cores, capacity: Self.queued)
    waiting = try BlockingPool(
      name: "waiting", threads: Self.waitingThreads, capacity: Self.queued)
    upkeep = try BlockingPool(name: "upkeep", threads: 4, capacity: 256)
    revocations = try BlockingPool(name: "revocations", threads: 1, capacity: 16)
    health = try BlockingPool(name: "health", threads: 1, capacity: 4)
  }

  /// The pools as the authorization server sees them.
  var offload: Offload {
    Offload(
      computing: { [computing] in computing.submit($0) },
      waiting: { [waiting] in waiting.submit($0) })
  }

  /// How many cores this process may use.
  static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
