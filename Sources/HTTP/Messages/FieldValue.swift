/// The value of a header field that cannot end a line (RFC 9110 5.5).
///
/// No control characters but the tab, and no blanks at the ends: whatever reaches a message as a
/// `FieldValue` cannot split it.
public struct FieldValue: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The value's text.
  public let text: String

  /// A value from text of any origin, or nil when a field cannot carry it.
  public init?(_ text: String) {
    guard Self.isValid(text.utf8) else { return nil }
    self.text = text
  }

  /// A whole number.
  public init(_ number: some BinaryInteger) { text = String(number) }

  /// A value written in the source; one that a field cannot carry is an error of the program.
  public init(stringLiteral text: String) {
    precondition(Self.isValid(text.utf8), "not a field value")
    self.text = text
  }

  /// The value's text.
  public var description: String { text }

  private static func isValid(_ bytes: String.UTF8View) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    return !first.isBlank && !last.isBlank && bytes.allSatisfy(\.isFieldContent)
  }
}
