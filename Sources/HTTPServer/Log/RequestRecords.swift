public import Diagnostics
internal import Synchronization
internal import Transport

/// What the servers of all loops keep of their requests: decisions for who asks, and the audit log.
///
/// Each loop keeps its own decisions without a lock; whoever asks, asks every loop and waits for all.
public final class RequestRecords: Sendable {
  let limits: DecisionLimits
  let audit: AuditLog?
  private let desks = Mutex<[Desk]>([])

  /// Unchecked, because the server is touched on its own loop only.
  private struct Desk: @unchecked Sendable {
    let loop: EventLoop
    unowned let server: HTTPServer
  }

  /// Records that keep so many decisions for each loop, and tell an audit log if there is one.
  public init(_ limits: DecisionLimits, audit: AuditLog? = nil) {
    self.limits = limits
    self.audit = audit
  }

  func join(_ server: HTTPServer) {
    let desk = Desk(loop: server.loop, server: server)
    desks.withLock { $0.append(desk) }
  }

  /// What became of a request, if it is still kept; never called on a loop.
  public func find(_ id: RequestID) -> Decision? {
    ask { $0.find(id) }.compactMap { $0 }.first
  }

  /// The newest refusals of all loops, newest first; never called on a loop.
  public func newestRefusals(_ count: Int) -> [Decision] {
    let all = ask { $0.newest(.refused, count: count) }.flatMap { $0 }
    return Array(all.sorted { $0.time > $1.time }.prefix(count))
  }

  /// What is kept of each kind by each loop; never called on a loop.
  public func spans() -> [DecisionSpan] { ask { $0.spans }.flatMap { $0 } }

  private func ask<Answer: Sendable>(
    _ question: @escaping @Sendable (borrowing DecisionLog) -> Answer
  ) -> [Answer] {
    let answers = Mutex<[Answer]>([])
    for desk in desks.withLock({ $0 }) {
      let done = WaitSignal()
      desk.loop.post {
        let answer = question(desk.server.decisions)
        answers.withLock { $0.append(answer) }
        done.raise()
      }
      done.wait()
    }
    return answers.withLock { $0 }
  }
}
