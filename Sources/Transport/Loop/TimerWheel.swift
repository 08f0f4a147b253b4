/// Deadlines in slots of one tick each, one revolution of which is half a minute.
///
/// A deadline that moves later is only noted in its node; the node is looked at when its old slot
/// comes up, and put into a new one then. So a connection that is busy costs the wheel nothing.
struct TimerWheel {
  /// Milliseconds in a tick: how late a deadline may be noticed.
  static let tickLength: UInt64 = 32
  private static let slotCount = 1024

  private var heads = [Unmanaged<TimerNode>?](repeating: nil, count: slotCount)
  /// One bit a slot that holds something, to find the next one without walking.
  private var occupied = [UInt64](repeating: 0, count: slotCount / 64)
  private var current: UInt64

  init(now: UInt64) { current = now / Self.tickLength }

  mutating func set(_ node: TimerNode, deadline: UInt64) {
    node.deadline = deadline
    guard deadline != TimerNode.never else { return }
    let tick = tick(of: deadline)
    if node.isScheduled {
      guard tick < node.tick else { return }
      unlink(node)
    }
    link(node, tick: tick)
  }

  mutating func remove(_ node: TimerNode) {
    node.deadline = TimerNode.never
    if node.isScheduled { unlink(node) }
  }

  /// The next node whose deadline has passed, out of the wheel.
  mutating func takeExpired(now: UInt64) -> TimerNode? {
    let last = now / Self.tickLength
    while current <= last {
      while let head = heads[slot(current)] {
        let node = head.takeUnretainedValue()
        unlink(node)
        guard node.deadline != TimerNode.never else { continue }
        if node.deadline <= now {
          node.deadline = TimerNode.never
          return node
        }
        link(node, tick: max(tick(of: node.deadline), current + 1))
      }
      guard current < last else { return nil }
      current += 1
    }
    return nil
  }

  /// Milliseconds until the next slot that holds something comes up, or nil when all are empty.
  func delay(now: UInt64) -> UInt64? {
    let start = slot(current)
    for distance in 0...occupied.count {
      let index = (start / 64 + distance) % occupied.count
      var word = occupied[index]
      if distance == 0 { word &= ~0 << UInt64(start % 64) }
      guard word != 0 else { continue }
      let found = index * 64 + word.trailingZeroBitCount
      let ahead = UInt64((found - start + Self.slotCount) % Self.slotCount)
      let time = (current + ahead) * Self.tickLength
      return time > now ? time - now : 0
    }
    return nil
  }

  /// The first tick at whose start the deadline has passed, never one that is already over.
  private func tick(of deadline: UInt64) -> UInt64 {
    let exact = deadline / Self.tickLength + (deadline % Self.tickLength == 0 ? 0 : 1)
    return min(max(exact, current + 1), current + UInt64(Self.slotCount) - 1)
  }

  private func slot(_ tick: UInt64) -> Int { Int(tick % UInt64(Self.slotCount)) }

  private mutating func link(_ node: TimerNode, tick: UInt64) {
    let slot = slot(tick)
    let head = heads[slot]?.takeUnretainedValue()
    node.tick = tick
    node.next = head
    node.previous = nil
    head?.previous = node
    node.isScheduled = true
    heads[slot] = Unmanaged.passRetained(node)
    occupied[slot / 64] |= 1 << UInt64(slot % 64)
  }

  private mutating func unlink(_ node: TimerNode) {
    let slot = slot(node.tick)
    let next = node.next
    if let previous = node.previous {
      previous.next = next
    } else {
      heads[slot] = next.map { Unmanaged.passUnretained($0) }
      if next == nil { occupied[slot / 64] &= ~(1 << UInt64(slot % 64)) }
    }
    next?.previous = node.previous
    node.next = nil
    node.previous = nil
    node.isScheduled = false
    // Balances `passRetained` in `link`; the caller holds a reference of its own.
    Unmanaged.passUnretained(node).release()
  }
}
