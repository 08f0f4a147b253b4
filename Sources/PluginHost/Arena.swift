internal import CSallyport

/// Memory in the shapes of the ABI, for the time of one call: a few blocks, freed together.
final class Arena {
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  private var used = 0
  private static let blockSize = 2048

  deinit { release() }

  /// Frees everything now.
  ///
  /// Whoever lends pointers out of an arena defers this to the end of the
  /// loan: Swift may let go of a variable after its last use, which is before the pointer's.
  func release() {
    for block in blocks { block.deallocate() }
    blocks.removeAll()
  }

  /// A copy of a text.
  func text(_ string: String) -> sp_text {
    var string = string
    return string.withUTF8 { utf8 in
      let copy = bytes(UnsafeRawBufferPointer(utf8))
      return sp_text(bytes: copy.bytes?.assumingMemoryBound(to: CChar.self), length: copy.length)
    }
  }

  /// A copy of some bytes.
  func bytes(_ source: UnsafeRawBufferPointer) -> sp_bytes {
    guard !source.isEmpty else { return sp_bytes() }
    let copy = allocate(source.count, alignment: 1)
    copy.copyMemory(from: source)
    return sp_bytes(bytes: copy.baseAddress, length: source.count)
  }

  /// A copy of some bytes.
  func bytes(_ source: [UInt8]) -> sp_bytes { source.withUnsafeBytes { bytes($0) } }

  /// A copy of a list of texts.
  func texts(_ strings: [String]) -> sp_texts {
    sp_texts(items: array(strings.map(text)), count: strings.count)
  }

  /// A copy of an array of plain C values; nil for an empty one.
  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let size = elements.count * MemoryLayout<Element>.stride
    let memory = allocate(size, alignment: MemoryLayout<Element>.alignment)
    let typed = memory.bindMemory(to: Element.self)
    _ = typed.initialize(from: elements)
    return UnsafePointer(typed.baseAddress)
  }

  private func allocate(_ count: Int, alignment: Int) -> UnsafeMutableRawBufferPointer {
    let start = (used + alignment - 1) / alignment * alignment
    if let block = blocks.last, block.count - start >= count, start <= block.count {
      used = start + count
      return UnsafeMutableRawBufferPointer(rebasing: block[start..<start + count])
    }
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, Self.blockSize), alignment: 16)
    blocks.append(block)
    used = count
    return UnsafeMutableRawBufferPointer(rebasing: block[..<count])
  }
}
