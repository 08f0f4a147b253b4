/// A block of memory of a loop's pool, with a header for the output queue.
struct Chunk {
  /// Bytes in a chunk; the kernel backs only the pages that are used.
  static let size = 32 * 1024
  /// Bytes of payload in a chunk of the output queue.
  static let capacity = size - MemoryLayout<Chunk>.stride

  var next: UnsafeMutablePointer<Chunk>?
  var start: Int32 = 0
  var end: Int32 = 0
}

/// The free chunks of a loop: connections hold memory only while bytes wait in it.
final class ChunkPool {
  @exclusivity(unchecked) private var free: [UnsafeMutableRawPointer] = []
  private static let kept = 128

  deinit { for chunk in free { chunk.deallocate() } }

  /// A chunk with any content.
  func take() -> UnsafeMutableRawPointer {
    free.popLast() ?? .allocate(byteCount: Chunk.size, alignment: 16)
  }

  /// Gives a chunk back.
  func give(_ chunk: UnsafeMutableRawPointer) {
    if free.count < Self.kept { free.append(chunk) } else { chunk.deallocate() }
  }
}
