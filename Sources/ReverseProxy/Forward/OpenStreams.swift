internal import Diagnostics
public import Tokens
internal import Transport

/// The exchanges of one loop that go on by the word of a token of ours.
///
/// When something was revoked, those whose token it was are closed, half a second later at most. An
/// exchange costs a place in a list; without one the loop is not woken. Bound to its loop.
public final class OpenStreams {
  private let revocations: Revocations
  /// Each is alive: it takes itself out when it ends.
  private var running: [Unmanaged<Forward>] = []
  /// The revocations by which all of them were judged last.
  private var generation: UInt64
  private var isTicking = false

  /// At most how long after a revocation a stream goes on, in milliseconds.
  static let interval: Int64 = 500

  /// No exchange yet.
  public init(_ revocations: Revocations) {
    self.revocations = revocations
    generation = revocations.currentGeneration
  }

  /// Takes an exchange in that has begun; returns its place.
  func insert(_ forward: Forward, on loop: EventLoop) -> Int {
    // Balanced by nothing: it is taken out before it is gone.
    running.append(Unmanaged.passUnretained(forward))
    if !isTicking {
      isTicking = true
      tick(loop)
    }
    return running.count - 1
  }

  /// Takes the exchange at a place out; the last one moves there.
  func remove(_ place: Int) {
    guard let last = running.popLast(), place < running.count else { return }
    running[place] = last
    last._withUnsafeGuaranteedRef { $0.place = place }
  }

  private func tick(_ loop: EventLoop) {
    _ = loop.schedule(after: Self.interval) { [self] in
      guard !running.isEmpty else {
        isTicking = false
        return
      }
      closeRevoked()
      tick(loop)
    }
  }

  private func closeRevoked() {
    let current = revocations.currentGeneration
    guard current != generation else { return }
    generation = current
    // Closing changes the list, so who is to be closed is held first.
    let revoked = running.compactMap { each -> (Forward, Revocation)? in
      let forward = each.takeUnretainedValue()
      return forward.token.flatMap(revocations.entry).map { (forward, $0) }
    }
    for (forward, entry) in revoked { forward.endRevoked(by: entry) }
  }
}
