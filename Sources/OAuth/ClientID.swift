/// A client identifier (RFC 6749 2.2): 1 to 256 printable ASCII characters.
public struct ClientID: Hashable, Sendable, CustomStringConvertible {
  /// The identifier as it stands on the wire.
  public let text: String

  /// An identifier, or nil if the text is empty, too long or not VSCHAR (RFC 6749 A.1).
  public init?(_ text: String) {
    guard (1...256).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
    else { return nil }
    self.text = text
  }

  /// The identifier itself; it is no secret.
  public var description: String { text }
}
