internal import Diagnostics
internal import HTTP
public import Transport

extension Exchange {
  /// Sets the deadline that belongs to what is awaited now.
  func armDeadline(_ connection: Connection) {
    let limits = server.limits
    if connection.isBlocked {
      // Not moved by what the client sends while it reads nothing.
      let left = limits.stallTimeout.milliseconds - connection.millisecondsSinceProgress
      connection.setDeadline(after: left)
      return
    }
    switch phase {
    case .head:
      if connection.readable.isEmpty {
        flags.isHeadTimed = false
        connection.setDeadline(after: limits.idleTimeout.milliseconds)
      } else if !flags.isHeadTimed {
        // Not moved by further bytes: a head that comes drop by drop is cut off in time.
        flags.isHeadTimed = true
        connection.setDeadline(after: limits.headTimeout.milliseconds)
      }
    case .content: connection.setDeadline(after: limits.bodyTimeout.milliseconds)
    case .answering, .deciding:
      connection.setDeadline(after: limits.answerTimeout.milliseconds)
    case .streaming where !reader.isDone && !flags.isContentPaused:
      connection.setDeadline(after: limits.bodyTimeout.milliseconds)
    case .streaming: connection.clearDeadline()
    case .closed: return
    }
  }

  /// Something took too long.
  public func connectionExpired(_ connection: Connection) {
    let stall = server.limits.stallTimeout.milliseconds
    if connection.isBlocked {
      guard connection.millisecondsSinceProgress < stall else {
        connection.close()
        return
      }
      connection.setDeadline(after: stall - connection.millisecondsSinceProgress)
      return
    }
    switch phase {
    case .head where !flags.isHeadTimed: connection.close()
    case .head:
      beginRequest()
      refuse(.requestTimeout, .httpHeadTimeout)
    case .content: refuse(.requestTimeout, .httpBodyTimeout)
    case .streaming where reader.isDone || flags.isContentPaused: return
    case .streaming: abortStream(.requestTimeout, .httpBodyTimeout)
    case .answering, .deciding: refuse(.serviceUnavailable, .httpAnswerTimeout)
    case .closed: return
    }
  }

  /// Counts content that came; false when it comes too slowly on average.
  func countContent(_ count: Int) -> Bool {
    contentCount &+= Int64(count)
    let elapsed = Int64(server.loop.now &- contentStart)
    let grace = server.limits.bodyTimeout.milliseconds
    guard elapsed > grace else { return true }
    return contentCount >= (elapsed - grace) / 1000 * server.limits.bodyRate
  }

  /// The server drains: a busy connection closes after its answer, an idle one soon.
  ///
  /// A request may be on its way on an idle one, the first of a new connection above all, which no
  /// client repeats of itself: it is waited for, answered, and told that the connection closes.
  func drain() {
    guard phase == .head, let connection, connection.readable.isEmpty else { return }
    let grace = server.limits.lingerTimeout.milliseconds
    if grace > 0 { connection.setDeadline(after: grace) } else { connection.close() }
  }

  /// The time to drain is up.
  func cut() { connection?.close() }
}
