/// What a text may cost before it is refused.
public struct JSONLimits: Sendable {
  /// The depth beyond which recursion could exhaust a thread's stack; `depth` never exceeds it.
  public static let deepest = 256

  /// The most bytes of text.
  public let bytes: Int

  /// The most objects and arrays inside each other; the outermost counts as one.
  public let depth: Int

  /// The most members and elements in the whole text, all objects and arrays together.
  public let members: Int

  /// Limits of one's own; `depth` is capped at `deepest`.
  public init(bytes: Int = 1_048_576, depth: Int = 32, members: Int = 16_384) {
    self.bytes = bytes
    self.depth = min(depth, JSONLimits.deepest)
    self.members = members
  }

  /// 1 MiB, 32 levels, 16,384 members.
  public static let `default` = JSONLimits()
}
