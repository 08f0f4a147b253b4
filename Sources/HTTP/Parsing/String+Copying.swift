extension String {
  /// Copies bytes; what is not UTF-8 becomes U+FFFD.
  init(copying bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
