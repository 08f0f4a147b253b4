/// How long a message head may be.
public struct HeadLimits: Sendable, Equatable {
  /// Bytes of the whole head, its last empty line included.
  public var headBytes: Int
  /// Bytes of the request target.
  public var targetBytes: Int
  /// Bytes of one field line, its line end included.
  public var fieldBytes: Int
  /// Field lines.
  public var fieldCount: Int

  /// Limits by number; by default 32 KiB in all, 8 KiB of target, 16 KiB a field and 100 fields.
  public init(
    headBytes: Int = 32_768, targetBytes: Int = 8_192, fieldBytes: Int = 16_384,
    fieldCount: Int = 100
  ) {
    self.headBytes = headBytes
    self.targetBytes = targetBytes
    self.fieldBytes = fieldBytes
    self.fieldCount = fieldCount
  }
}
