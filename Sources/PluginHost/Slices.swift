internal import CSallyport

extension sp_text {
  /// A copy of the bytes; nil if the slice has a length and no pointer, or more than the limit.
  var array: [UInt8]? { sp_bytes(bytes: bytes, length: length).array }

  /// A copy of the text; nil if it is not UTF-8.
  var validated: String? {
    guard let bytes, length > 0 else { return length == 0 ? "" : nil }
    guard length <= SliceLimit.bytes else { return nil }
    return String(
      validating: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

extension sp_bytes {
  /// A copy of the bytes; nil if the slice has a length and no pointer, or more than the limit.
  var array: [UInt8]? {
    guard let bytes, length > 0 else { return length == 0 ? [] : nil }
    guard length <= SliceLimit.bytes else { return nil }
    return Array(UnsafeRawBufferPointer(start: bytes, count: length))
  }
}

/// What no slice may exceed, so that a garbled length is refused before it is followed.
enum SliceLimit {
  static let bytes = 16 << 20
}

/// Walks an array of the ABI, whose elements lie the first one's `size` apart; nil if it is garbled.
func elements<Element: BitwiseCopyable>(
  _ first: UnsafePointer<Element>?, _ count: Int, atMost limit: Int
) -> [Element]? {
  guard count > 0 else { return count == 0 ? [] : nil }
  guard let first, count <= limit else { return nil }
  let raw = UnsafeRawPointer(first)
  let stride = Int(raw.loadUnaligned(as: UInt32.self))
  guard stride >= MemoryLayout<Element>.size, stride <= 4096 else { return nil }
  return (0..<count).map { raw.loadUnaligned(fromByteOffset: $0 * stride, as: Element.self) }
}

/// The size of a struct of the ABI, as its first member says it.
func abiSize<Struct>(_: Struct.Type) -> UInt32 { UInt32(MemoryLayout<Struct>.size) }
