/// Whom a token speaks for (RFC 7519 4.1.2): 1 to 255 characters without control characters.
public struct Subject: Hashable, Sendable, CustomStringConvertible {
  /// The value of the `sub` claim.
  public let text: String

  /// A subject, or nil if the text is empty, too long or has control characters.
  public init?(_ text: String) {
    guard (1...255).contains(text.utf8.count), !text.unicodeScalars.contains(where: \.isControl)
    else { return nil }
    self.text = text
  }

  /// The subject of a token that a client gets for itself (RFC 9068 2.2): the client.
  public init(_ client: ClientID) { text = client.text }

  /// The value of the `sub` claim.
  public var description: String { text }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
}
