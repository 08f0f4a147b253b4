/// The value of `grant_type` (RFC 6749 4): a name or an absolute URI, open to extension.
public struct GrantType: Hashable, Sendable, CustomStringConvertible {
  /// The value as it stands on the wire.
  public let text: String

  /// A grant type, or nil if the text is empty, longer than 256 bytes or no name and no URI.
  public init?(_ text: String) {
    guard (1...256).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    self.text = text
  }

  /// The value itself.
  public var description: String { text }
}
