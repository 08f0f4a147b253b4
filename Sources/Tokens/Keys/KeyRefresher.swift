public import Diagnostics
internal import Ports
internal import Synchronization

/// Who waits for the ring to be read again, and when it may be.
///
/// A token may name a key that another process made a moment ago. It may as well be a stranger's
/// invention, so all who ask meanwhile share one reading, and readings keep a distance.
final class KeyRefresher: Sendable {
  private struct State: Sendable {
    var isRunning = false
    var begun: UnixTime?
    var waiters: [KeyRing.Refreshed] = []
  }

  private let state = Mutex(State())

  /// How far apart readings begin.
  static let distance = Lifetime(milliseconds: 250)
  /// The most requests that wait for one.
  static let waiterLimit = 1024

  /// What became of a request to read.
  enum Admission {
    /// The caller is the one to read, and ends by `finish`.
    case begin
    /// A reading is under way; its end is the caller's too.
    case joined
    /// The last reading is too fresh, or too many wait.
    case refused
  }

  /// Whether a request would be admitted now.
  func isOpen(at now: UnixTime) -> Bool {
    state.withLock { $0.isRunning || Self.isDistant($0.begun, now) }
  }

  /// Asks to be called when the ring has been read.
  func admit(_ waiter: @escaping KeyRing.Refreshed, at now: UnixTime) -> Admission {
    state.withLock { state in
      guard state.waiters.count < Self.waiterLimit else { return .refused }
      if state.isRunning {
        state.waiters.append(waiter)
        return .joined
      }
      guard Self.isDistant(state.begun, now) else { return .refused }
      state.isRunning = true
      state.begun = now
      state.waiters.append(waiter)
      return .begin
    }
  }

  /// Ends the reading and calls all who wait.
  func finish(_ result: Result<Void, KeyRingError>) {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      state.isRunning = false
      return state.waiters
    }
    for waiter in waiters { waiter(result) }
  }

  /// A clock that was set back must not close the door for as long.
  private static func isDistant(_ begun: UnixTime?, _ now: UnixTime) -> Bool {
    guard let begun else { return true }
    return now < begun || now >= begun + distance
  }
}

extension KeyRing {
  /// Called when the ring has been read again, or could not be; on another thread.
  public typealias Refreshed = @Sendable (Result<Void, KeyRingError>) -> Void

  /// Whether reading the ring again might tell of a key that is not known here.
  public func mayKnowMore(at now: UnixTime) -> Bool { refresher.isOpen(at: now) }

  /// Reads the ring again for a token whose key is not known here.
  ///
  /// `submit` hands the reading, which blocks on storage, to a pool. Returns false, and calls
  /// nobody, if the ring was read for this reason a moment ago or the pool is full.
  public func refresh(
    at now: UnixTime, submit: (@escaping @Sendable () -> Void) -> Bool,
    then waiter: @escaping Refreshed
  ) -> Bool {
    switch refresher.admit(waiter, at: now) {
    case .refused: return false
    case .joined: return true
    case .begin: break
    }
    let accepted = submit { [self] in
      refresher.finish(Result { () throws(KeyRingError) in try read() })
    }
    if !accepted { refresher.finish(.failure(.storage(.busy))) }
    return true
  }

  private func read() throws(KeyRingError) {
    try exclusively { () throws(KeyRingError) in
      let signing = try signing.load().map(\.key)
      try replace(signing: signing, encryption: try encryption.load().map(\.key))
    }
  }
}
