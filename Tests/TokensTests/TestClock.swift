import Diagnostics
import Synchronization

/// A clock that stands until a test moves it.
final class TestClock: Sendable {
  private let time = Mutex(UnixTime(seconds: 1_800_000_000))

  var clock: Clock { Clock { self.now } }

  var now: UnixTime { time.withLock { $0 } }

  func advance(by lifetime: Lifetime) { time.withLock { $0 = $0 + lifetime } }
}
