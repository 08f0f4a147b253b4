/// The name of a protected resource in `aud` and `resource` (RFC 9068, RFC 8707).
///
/// A URI or any other name of 1 to 512 printable ASCII characters without spaces.
public struct Audience: Hashable, Sendable, CustomStringConvertible {
  /// The value of the `aud` claim.
  public let text: String

  /// An audience, or nil if the text is empty, too long or not printable.
  public init?(_ text: String) {
    guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    self.text = text
  }

  /// The value of the `aud` claim.
  public var description: String { text }
}
