internal import Diagnostics
internal import Glibc

/// What the process owns whatever the config says next: passed to each snapshot.
struct Owned: Sendable {
  let log: Log
  let clock: Clock
  let pools: Pools
  let upstreams: Upstreams
  let meters: ProcessMeters
  /// Who may use the admin socket: the user we run as, and root.
  let adminUsers: Set<UInt32> = [geteuid(), 0]
}
