internal import Diagnostics
internal import Glibc
internal import HTTPServer
internal import Transport

/// What the process owns whatever the config says next: passed to each snapshot.
struct Owned: Sendable {
  let log: Log
  let clock: Clock
  let pools: Pools
  let upstreams: Upstreams
  let meters: ProcessMeters
  /// What clients of the listeners resume their sessions with, whichever loop has them.
  let tickets: TicketKeys
  /// Who did what.
  let audit: AuditTrail
  /// What the loops keep of their requests.
  let records: RequestRecords
  /// Where spans go, if anywhere.
  let tracing: Tracing?
  /// Who may use the admin socket: the user we run as, and root.
  let adminUsers: Set<UInt32> = [geteuid(), 0]
  /// The user we run as.
  let ownUser = geteuid()
}
