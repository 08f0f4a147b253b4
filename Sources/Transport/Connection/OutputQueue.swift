internal import Glibc

/// Bytes that wait to be written: a list of chunks, none while empty.
struct OutputQueue {
  private var first: UnsafeMutablePointer<Chunk>?
  private var last: UnsafeMutablePointer<Chunk>?
  /// How many bytes wait.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ bytes: UnsafeRawBufferPointer, _ pool: ChunkPool) {
    var rest = bytes
    while !rest.isEmpty {
      let room = writable(pool)
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(room.count))
      room.copyMemory(from: part)
      filled(part.count)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    }
  }

  /// Room at the end of the last chunk, at least one byte; in a new chunk if that is shorter than
  /// `minimum`.
  mutating func writable(_ pool: ChunkPool, minimum: Int = 1) -> UnsafeMutableRawBufferPointer {
    let chunk: UnsafeMutablePointer<Chunk>
    if let last, Chunk.capacity - Int(last.pointee.end) >= minimum {
      chunk = last
    } else {
      chunk = pool.take().bindMemory(to: Chunk.self, capacity: 1)
      chunk.initialize(to: Chunk())
      if let last { last.pointee.next = chunk } else { first = chunk }
      last = chunk
    }
    let end = Int(chunk.pointee.end)
    return .init(start: Self.payload(chunk) + end, count: Chunk.capacity - end)
  }

  /// Counts bytes that were written into the room that `writable` gave.
  mutating func filled(_ count: Int) {
    last?.pointee.end += Int32(count)
    self.count += count
  }

  /// The bytes of the first chunk.
  var front: UnsafeRawBufferPointer {
    guard let first else { return .init(start: nil, count: 0) }
    let start = Int(first.pointee.start)
    return .init(
      start: Self.payload(first) + start, count: Int(first.pointee.end) - start)
  }

  /// Fills in where the bytes lie, chunk by chunk; how many entries were used.
  func describe(into vectors: UnsafeMutableBufferPointer<iovec>) -> Int {
    var used = 0
    var next = first
    while let chunk = next, used < vectors.count {
      let start = Int(chunk.pointee.start)
      let length = Int(chunk.pointee.end) - start
      vectors[used] = iovec(iov_base: Self.payload(chunk) + start, iov_len: length)
      used += 1
      next = chunk.pointee.next
    }
    return used
  }

  mutating func consume(_ count: Int, _ pool: ChunkPool) {
    precondition(count <= self.count)
    self.count -= count
    var rest = count
    while let chunk = first {
      let length = Int(chunk.pointee.end - chunk.pointee.start)
      guard rest >= length else {
        chunk.pointee.start += Int32(rest)
        return
      }
      rest -= length
      first = chunk.pointee.next
      if first == nil { last = nil }
      pool.give(UnsafeMutableRawPointer(chunk))
    }
  }

  mutating func discard(_ pool: ChunkPool) { consume(count, pool) }

  private static func payload(_ chunk: UnsafeMutablePointer<Chunk>) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(chunk) + MemoryLayout<Chunk>.stride
  }
}
