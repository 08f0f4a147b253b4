/// One scope token (RFC 6749 3.3).
public struct Scope: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The token as it stands on the wire.
  public let text: String

  /// A scope, or nil if the text is empty, longer than 128 bytes or not NQCHAR.
  public init?(_ text: String) {
    guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy(Self.isTokenByte)
    else { return nil }
    self.text = text
  }

  /// The token itself.
  public var description: String { text }

  /// In the order of the bytes.
  public static func < (left: Scope, right: Scope) -> Bool { left.text < right.text }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte == 0x21 || (0x23...0x5b).contains(byte) || (0x5d...0x7e).contains(byte)
  }
}
