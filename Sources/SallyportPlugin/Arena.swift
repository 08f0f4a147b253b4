internal import CSallyport

/// Memory in the shapes of the ABI, freed together; an arena that is kept forever never frees.
final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

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
      guard !utf8.isEmpty else { return sp_text() }
      let copy = allocate(utf8.count, alignment: 1)
      UnsafeMutableRawBufferPointer(start: copy, count: utf8.count)
        .copyMemory(from: UnsafeRawBufferPointer(utf8))
      return sp_text(bytes: copy.assumingMemoryBound(to: CChar.self), length: utf8.count)
    }
  }

  /// A copy of some bytes.
  func bytes(_ bytes: [UInt8]) -> sp_bytes {
    guard !bytes.isEmpty else { return sp_bytes() }
    let copy = allocate(bytes.count, alignment: 1)
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: copy, count: bytes.count).copyMemory(from: $0)
    }
    return sp_bytes(bytes: copy, length: bytes.count)
  }

  /// A copy of a list of texts.
  func texts(_ strings: [String]) -> sp_texts {
    sp_texts(items: array(strings.map(text)), count: strings.count)
  }

  /// A copy of an array of plain C values; nil for an empty one.
  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let copy = allocate(
      elements.count * MemoryLayout<Element>.stride, alignment: MemoryLayout<Element>.alignment)
    let typed = copy.bindMemory(to: Element.self, capacity: elements.count)
    typed.initialize(from: elements, count: elements.count)
    return UnsafePointer(typed)
  }

  private func allocate(_ count: Int, alignment: Int) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: alignment)
    blocks.append(block)
    return block
  }
}
