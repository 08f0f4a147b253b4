internal import CLinux
public import Diagnostics
internal import Glibc
internal import Synchronization

/// One thread's loop over epoll: it waits, hands events to their sources, runs timers and hooks.
///
/// Everything but `post` and `stop` belongs to the thread that runs it; that rule, not a lock, is
/// what makes the unchecked conformance hold.
public final class EventLoop: @unchecked Sendable {
  /// Milliseconds of the monotonic clock at the start of this turn.
  @exclusivity(unchecked) public private(set) var now: UInt64
  /// Microseconds of the same clock at the same moment.
  @exclusivity(unchecked) public private(set) var nowMicroseconds: UInt64
  /// The wall clock at the start of this turn.
  @exclusivity(unchecked) public private(set) var wallTime: UnixTime
  /// Whether many sources had something to say in this turn: more is likely to come at once.
  @exclusivity(unchecked) public private(set) var isBusy = false
  /// The buffers of this loop's connections.
  let chunks = ChunkPool()
  /// Where TLS connections receive what they decrypt at once.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Chunk.size, alignment: 16)

  private let epoll: Int32
  private let clock: Clock
  @exclusivity(unchecked) private var wheel: TimerWheel
  private var wakeUp: WakeUp?
  private var thread: pthread_t?
  @exclusivity(unchecked) private var isStopping = false
  @exclusivity(unchecked) private var hooks: [() -> Void] = []
  /// Work to do before the next wait.
  @exclusivity(unchecked) private var deferred: [() -> Void] = []
  /// Connections with bytes to send before the loop waits again.
  ///
  /// Without references of their own: a connection that closes is kept in `retired` until the list
  /// has been gone through.
  @exclusivity(unchecked) private var senders: [Unmanaged<Connection>] = []
  /// Connections that had not read all there was, and go on in the next turn.
  @exclusivity(unchecked) private var readers: [Connection] = []
  /// How many milliseconds the next wait may take, if not as long as nothing happens.
  @exclusivity(unchecked) private var waitLimit: Int32?
  /// Closed sources, kept until no event of this turn can name them.
  @exclusivity(unchecked) private var retired: [EventSource] = []
  private let inbox = Mutex<[@Sendable () -> Void]>([])
  private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: EventLoop.batch)

  private static let batch = 256
  private static let busyCount = 8
  /// How many connections may wait to send until the first of them does.
  private static let senderLimit = 16

  /// A loop that no thread runs yet.
  public init(clock: Clock = .system) throws(SystemError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw SystemError("epoll_create1") }
    self.clock = clock
    nowMicroseconds = Self.monotonicMicroseconds()
    now = nowMicroseconds / 1000
    wallTime = clock.now()
    wheel = TimerWheel(now: now)
    wakeUp = try WakeUp(loop: self)
  }

  deinit {
    // Balances `passRetained` in `control`: the wake-up is watched as long as the loop lives.
    if let wakeUp { Unmanaged.passUnretained(wakeUp).release() }
    close(epoll)
    events.deallocate()
    scratch.deallocate()
  }

  /// Runs on the calling thread until `stop`.
  public func run() {
    thread = pthread_self()
    while !isStopping { turn() }
    runDeferred()
    sendQueued()
    isBusy = false
    for hook in hooks { hook() }
  }

  /// Ends `run` after the present turn; from any thread.
  public func stop() {
    post { self.isStopping = true }
  }

  /// Runs work on the loop's thread, in the order posted; from any thread.
  public func post(_ work: @escaping @Sendable () -> Void) {
    let wasEmpty = inbox.withLock { queue in
      defer { queue.append(work) }
      return queue.isEmpty
    }
    if wasEmpty { wakeUp?.signal() }
  }

  /// Whether the caller is on the loop's own thread.
  public var isCurrent: Bool { thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }

  /// Runs work at the end of this turn, before the loop waits again; on the loop only.
  public func later(_ work: @escaping () -> Void) { deferred.append(work) }

  /// Lets the loop wait no longer than so many milliseconds before its next turn.
  public func returnWithin(milliseconds: Int32) { waitLimit = milliseconds }

  /// Runs a hook at the end of every turn, for good.
  public func atEndOfTurn(_ hook: @escaping () -> Void) { hooks.append(hook) }

  /// Runs work once after some milliseconds; at most a few tens of milliseconds late.
  @discardableResult
  public func schedule(after milliseconds: Int64, _ work: @escaping () -> Void) -> LoopTimer {
    let timer = LoopTimer(work)
    wheel.set(timer, deadline: now &+ UInt64(max(0, milliseconds)))
    return timer
  }

  func setDeadline(of node: TimerNode, _ deadline: UInt64) { wheel.set(node, deadline: deadline) }

  func clearDeadline(of node: TimerNode) { wheel.remove(node) }

  private func turn() {
    let count = epoll_wait(epoll, events, Int32(Self.batch), timeout())
    isBusy = count >= Self.busyCount
    waitLimit = nil
    updateClocks()
    readOn()
    for index in 0..<max(0, Int(count)) {
      let event = events[index]
      guard let pointer = event.data.ptr else { continue }
      // A source is held by epoll's registration until `unwatch`, which ends after this loop.
      Unmanaged<EventSource>.fromOpaque(pointer)._withUnsafeGuaranteedRef { source in
        if !source.isClosed { source.ready(event.events) }
      }
      if senders.count >= Self.senderLimit { sendQueued() }
    }
    sendQueued()
    while let node = wheel.takeExpired(now: now) { node.deadlinePassed() }
    runDeferred()
    for hook in hooks { hook() }
    sendQueued()
    releaseRetired()
  }

  private func timeout() -> Int32 {
    guard deferred.isEmpty, readers.isEmpty else { return 0 }
    let delay = wheel.delay(now: now).map { Int32(clamping: $0 + 1) }
    guard let waitLimit else { return delay ?? -1 }
    return min(delay ?? waitLimit, waitLimit)
  }

  private func runDeferred() {
    guard !deferred.isEmpty else { return }
    let work = deferred
    deferred = []
    for each in work { each() }
  }

  /// Sends what the connections of this turn have to send, one after the other.
  ///
  /// A receiver is woken by the first of a burst and is still awake for the others, which is far
  /// cheaper than waking it for each.
  private func sendQueued() {
    var index = 0
    while index < senders.count {
      senders[index]._withUnsafeGuaranteedRef { $0.sendQueued() }
      index += 1
    }
    if index > 0 { senders.removeAll(keepingCapacity: true) }
  }

  private func readOn() {
    guard !readers.isEmpty else { return }
    let present = readers
    readers = []
    for each in present { each.readOn() }
  }

  private func releaseRetired() {
    guard !retired.isEmpty else { return }
    // Balances `passRetained` in `control`.
    for source in retired { Unmanaged.passUnretained(source).release() }
    retired.removeAll(keepingCapacity: true)
  }

  private func updateClocks() {
    nowMicroseconds = Self.monotonicMicroseconds()
    now = nowMicroseconds / 1000
    wallTime = clock.now()
  }

  /// The monotonic clock now, for what a turn's time is too coarse for.
  public static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
  }
}

// MARK: - What sources ask for

extension EventLoop {
  /// False when the kernel has no room for another watch; changing one never fails.
  func control(_ source: EventSource, events: UInt32, isNew: Bool) -> Bool {
    let pointer = Unmanaged.passUnretained(source).toOpaque()
    var event = epoll_event(events: events, data: epoll_data_t(ptr: pointer))
    let operation = isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
    guard epoll_ctl(epoll, Int32(operation), source.descriptor, &event) == 0 else { return false }
    if isNew { _ = Unmanaged.passRetained(source) }
    return true
  }

  /// Sends what the connection has to send before the loop waits again.
  func willSend(_ connection: Connection) { senders.append(.passUnretained(connection)) }

  /// Lets the connection read on in the next turn, which begins without waiting.
  func willRead(_ connection: Connection) { readers.append(connection) }

  func unwatch(_ source: EventSource) {
    var event = epoll_event()
    epoll_ctl(epoll, Int32(EPOLL_CTL_DEL), source.descriptor, &event)
    retired.append(source)
  }

  /// Runs what other threads have posted.
  func drainInbox() {
    let work = inbox.withLock { queue in
      defer { queue = [] }
      return queue
    }
    for each in work { each() }
  }
}
