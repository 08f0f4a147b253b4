/// Bytes that came and were not consumed, in at most one chunk; none while empty.
struct InputBuffer {
  private var base: UnsafeMutableRawPointer?
  private var start = 0
  private var end = 0

  var isEmpty: Bool { start == end }
  var isFull: Bool { start == 0 && end == Chunk.size }

  /// The bytes, valid until the next change.
  var readable: UnsafeBufferPointer<UInt8> {
    guard let base else { return .init(start: nil, count: 0) }
    return .init(
      start: (base + start).assumingMemoryBound(to: UInt8.self), count: end - start)
  }

  /// Room for more, moved to the end of the chunk if need be; empty when the chunk is full.
  mutating func writable(_ pool: ChunkPool) -> UnsafeMutableRawBufferPointer {
    let base = self.base ?? pool.take()
    self.base = base
    if start > 0, end == Chunk.size || start == end {
      base.copyMemory(from: base + start, byteCount: end - start)
      end -= start
      start = 0
    }
    return .init(start: base + end, count: Chunk.size - end)
  }

  mutating func filled(_ count: Int) { end += count }

  mutating func consume(_ count: Int) {
    precondition(count >= 0 && count <= end - start)
    start += count
  }

  /// Gives the chunk back if nothing is in it.
  mutating func releaseIfEmpty(_ pool: ChunkPool) {
    guard isEmpty, let base else { return }
    release(base, pool)
  }

  mutating func discard(_ pool: ChunkPool) {
    if let base { release(base, pool) }
  }

  private mutating func release(_ base: UnsafeMutableRawPointer, _ pool: ChunkPool) {
    pool.give(base)
    self.base = nil
    start = 0
    end = 0
  }
}
