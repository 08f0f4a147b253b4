internal import CLinux
internal import Synchronization

/// A run of 64-bit numbers in every shard, for one series of a metric or for several.
///
/// The memory is never given back: whoever holds a counter may use it as long as the process lives.
///
/// `@unchecked Sendable`: the numbers are atomic; a shard other than 0 has one writer.
struct MetricCells: @unchecked Sendable {
  /// The first number in shard 0; the same number of the next shard lies `stride` further on.
  private let first: UnsafeMutablePointer<Atomic<UInt64>>
  /// How many numbers the run has.
  let count: Int

  /// Numbers of one shard in a block.
  static let stride = 1024

  fileprivate init(_ first: UnsafeMutablePointer<Atomic<UInt64>>, count: Int) {
    self.first = first
    self.count = count
  }

  @inline(__always)
  func add(_ amount: UInt64, at index: Int) {
    let shard = Int(sp_metric_shard())
    let cell = first + (shard &* Self.stride &+ index)
    if shard == 0 {
      cell.pointee.wrappingAdd(amount, ordering: .relaxed)
    } else {
      // Nobody else writes here, so no locked addition is needed.
      let sum = cell.pointee.load(ordering: .relaxed) &+ amount
      cell.pointee.store(sum, ordering: .relaxed)
    }
  }

  /// Replaces what this thread's shard holds.
  func set(_ value: UInt64, at index: Int) {
    (first + (Int(sp_metric_shard()) &* Self.stride &+ index)).pointee
      .store(value, ordering: .relaxed)
  }

  /// The sum over all shards.
  func total(at index: Int) -> UInt64 {
    var sum: UInt64 = 0
    for shard in 0..<MetricShard.count {
      sum &+= (first + (shard &* Self.stride &+ index)).pointee.load(ordering: .relaxed)
    }
    return sum
  }
}

/// Hands out cells from blocks that it asks memory for as it needs them.
struct MetricCellSupply: ~Copyable {
  private var block: UnsafeMutablePointer<Atomic<UInt64>>?
  private var used = 0

  /// A run of cells, all 0.
  mutating func cells(_ count: Int) -> MetricCells {
    precondition(count <= MetricCells.stride, "a metric has at most \(MetricCells.stride) series")
    let base: UnsafeMutablePointer<Atomic<UInt64>>
    if let block, used + count <= MetricCells.stride {
      base = block
    } else {
      // Pages of it that are not handed out are never touched.
      base = .allocate(capacity: MetricCells.stride * MetricShard.count)
      block = base
      used = 0
    }
    let first = base + used
    for shard in 0..<MetricShard.count {
      for index in 0..<count {
        (first + (shard * MetricCells.stride + index)).initialize(to: Atomic(0))
      }
    }
    used += count
    return MetricCells(first, count: count)
  }
}
