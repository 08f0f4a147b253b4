internal import CSallyport

extension sp_text {
  /// The text; what is not UTF-8 (the host never sends it) is repaired.
  var string: String {
    guard let bytes, length > 0 else { return "" }
    return String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

extension sp_bytes {
  /// The bytes in place, borrowed like the slice.
  var buffer: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: length > 0 ? bytes : nil, count: bytes == nil ? 0 : length)
  }

  /// A slice of bytes in place, which must outlive it.
  init(_ buffer: UnsafeRawBufferPointer) {
    self.init(bytes: buffer.baseAddress, length: buffer.count)
  }
}

extension sp_texts {
  /// The texts.
  var strings: [String] {
    UnsafeBufferPointer(start: items, count: items == nil ? 0 : count).map(\.string)
  }
}

/// Walks an array of the ABI, whose elements lie the first one's `size` apart: a host that is newer
/// than this SDK has larger ones.
func elements<Element: BitwiseCopyable>(
  _ first: UnsafePointer<Element>?, _ count: Int, size: (Element) -> UInt32
) -> [Element] {
  guard let first, count > 0 else { return [] }
  let stride = Int(size(first.pointee))
  return (0..<count).map { index in
    UnsafeRawPointer(first).loadUnaligned(fromByteOffset: index * stride, as: Element.self)
  }
}

/// The size of a struct of the ABI, as its first member says it.
func abiSize<Struct>(_: Struct.Type) -> UInt32 { UInt32(MemoryLayout<Struct>.size) }

/// A pointer or function that the ABI says is never NULL; a host that passes NULL is broken beyond
/// any answer.
func given<Pointee>(_ pointer: Pointee?, _ name: StaticString = #function) -> Pointee {
  guard let pointer else { preconditionFailure("the host passed NULL in \(name)") }
  return pointer
}
