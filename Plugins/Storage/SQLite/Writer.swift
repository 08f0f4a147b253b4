internal import Glibc
internal import SallyportPlugin

/// The one thread that writes: it takes what has queued up while it committed, and commits that
/// together, so that a thousand waiting applies cost one wait for the disk.
final class Writer: @unchecked Sendable {
  // `queue`, `chores`, `state` and `thread` are only touched inside the lock, the connection only on the
  // writer's thread (and in `init`, before that thread is there).
  private let lock = PluginLock()
  private let connection: Connection
  private let capacity: Int
  private let group: Int
  private var queue: [Write] = []
  private var chores: [Chore] = []
  private var state = State.open
  private var thread: pthread_t?

  private enum State { case open, closing, closed }

  init(_ connection: Connection, queue: Int, group: Int) throws(SQLiteFault) {
    self.connection = connection
    capacity = queue
    self.group = group
    guard PluginThread.start({ self.run() }) else {
      throw SQLiteFault(code: 0, detail: "the system has no thread left for the writer")
    }
  }

  /// Queues an apply, or fails it at once as busy.
  func enqueue(_ write: Write) {
    let accepted = lock.locked {
      guard state == .open, queue.count < capacity else { return false }
      queue.append(write)
      lock.signal()
      return true
    }
    if !accepted { write.call.fail(StorageFault(.busy)) }
  }

  /// Runs a body in a transaction of its own on the writer's thread, and waits for its commit.
  func wait(_ body: @escaping (Connection) throws(SQLiteFault) -> Int) throws(StorageFault) -> Int {
    let chore = Chore(body)
    let accepted = lock.locked {
      guard state == .open else { return false }
      chores.append(chore)
      lock.signal()
      return true
    }
    guard accepted else { throw StorageFault(.unavailable, "the store is closed") }
    return try chore.result().get()
  }

  /// Commits what is queued and ends the thread.
  ///
  /// Waits for that, unless a completion on the writer's own thread lets go of the store.
  func close() {
    lock.locked {
      state = .closing
      lock.signal()
      if let thread, pthread_equal(thread, pthread_self()) != 0 { return }
      while state != .closed { lock.wait() }
    }
  }

  private func run() {
    lock.locked { thread = pthread_self() }
    while true {
      let (writes, chores): ([Write], [Chore]) = lock.locked {
        while queue.isEmpty, self.chores.isEmpty, state == .open { lock.wait() }
        let taken = Array(queue.prefix(group))
        queue.removeFirst(taken.count)
        let chores = self.chores
        self.chores = []
        return (taken, chores)
      }
      if writes.isEmpty, chores.isEmpty { break }
      if !writes.isEmpty { commit(writes) }
      for chore in chores { run(chore) }
    }
    lock.locked {
      state = .closed
      lock.signal()
    }
  }

  /// Completes each write only after the commit of all.
  private func commit(_ writes: [Write]) {
    var isCommitting = false
    do throws(SQLiteFault) {
      try connection.execute("BEGIN IMMEDIATE")
      let results = try perform(writes)
      isCommitting = true
      try connection.execute("COMMIT")
      for (write, result) in zip(writes, results) { write.complete(result) }
    } catch {
      Schema.rollBack(connection)
      let fault = error.storageFault(committing: isCommitting)
      for write in writes { write.call.fail(fault) }
    }
  }

  private func perform(_ writes: [Write]) throws(SQLiteFault) -> [Write.Result] {
    // Read inside the transaction: another process may have written since the last one.
    let stored = try connection.number("SELECT value FROM counter WHERE name = 'version'")
    let start = UInt64(bitPattern: stored ?? 0)
    var versions = start
    var results: [Write.Result] = []
    results.reserveCapacity(writes.count)
    for write in writes { results.append(try write.perform(connection, &versions)) }
    guard versions != start else { return results }
    let statement = try connection.statement(
      "UPDATE counter SET value = ? WHERE name = 'version'")
    statement.bind(1, Int64(bitPattern: versions))
    try statement.run()
    return results
  }

  private func run(_ chore: Chore) {
    do throws(SQLiteFault) {
      try connection.execute("BEGIN IMMEDIATE")
      let number = try chore.body(connection)
      try connection.execute("COMMIT")
      chore.end(.success(number))
    } catch {
      Schema.rollBack(connection)
      chore.end(.failure(error.storageFault()))
    }
  }
}

extension Write {
  fileprivate func complete(_ result: Result) {
    switch result {
    case .applied(let versions): call.complete(versions: versions)
    case .refused(let fault): call.fail(fault)
    }
  }
}

/// Something for the writer's thread to do, and whoever waits for it.
private final class Chore: @unchecked Sendable {
  // `ended` is only touched inside the lock; the body runs once, on the writer's thread.
  let body: (Connection) throws(SQLiteFault) -> Int
  private let lock = PluginLock()
  private var ended: Result<Int, StorageFault>?

  init(_ body: @escaping (Connection) throws(SQLiteFault) -> Int) { self.body = body }

  func end(_ result: Result<Int, StorageFault>) {
    lock.locked {
      ended = result
      lock.signal()
    }
  }

  func result() -> Result<Int, StorageFault> {
    lock.locked {
      while true {
        if let ended { return ended }
        lock.wait()
      }
    }
  }
}
