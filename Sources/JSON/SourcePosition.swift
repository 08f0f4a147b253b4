/// A place in a text that a person wrote: line and column, both from one.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The line; LF, CR and CRLF end one.
  public let line: Int

  /// The column in characters (Unicode scalars, so a tab is one).
  public let column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// `LINE:COLUMN`.
  public var description: String { "\(line):\(column)" }

  /// Earlier is less.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
