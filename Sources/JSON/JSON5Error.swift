/// What is wrong in a JSON5 text, and where.
public struct JSON5Error: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong; what to do.
  public enum Reason: String, Sendable {
    case tooLarge = "the file is too large; keep it under 1 MiB"
    case tooDeep = "nested too deeply; flatten it"
    case tooManyMembers = "too many members; split or shorten the file"
    case notUTF8 = "not UTF-8; save the file as UTF-8"
    case unexpectedEnd = "unexpected end of the file; close what is open"
    case unexpectedCharacter = "unexpected character; a value must stand here"
    case expectedName = "expected a name; write a key or close the object with \"}\""
    case expectedColon = "expected \":\" after the key; write one"
    case expectedCommaOrBrace = "expected \",\" or \"}\"; separate members by commas"
    case expectedCommaOrBracket = "expected \",\" or \"]\"; separate elements by commas"
    case unknownWord = "unknown word; put a string in quotes"
    case unterminatedComment = "unterminated comment; end it with \"*/\""
    case unterminatedString = "unterminated string; end it with its quote on the same line"
    case invalidEscape = "malformed escape; use \\n, \\\\, \\xHH or \\uHHHH"
    case loneSurrogate = "escaped surrogate without its pair; write the character itself"
    case invalidNumber = "malformed number; write it in decimal or hexadecimal digits"
    case numberOutOfRange = "number out of range; use a smaller one"
    case notFinite = "Infinity and NaN are not taken; write a number"
    case duplicateName = "duplicate key; remove one of them"
    case trailingText = "text after the value; remove it"

    /// What is wrong.
    public var problem: String { String(rawValue.prefix { $0 != ";" }) }

    /// What to do.
    public var remedy: String { String(rawValue.dropFirst(problem.count + 2)) }
  }

  /// What is wrong.
  public let reason: Reason

  /// Where.
  public let position: SourcePosition

  /// An error at a place.
  public init(_ reason: Reason, at position: SourcePosition) {
    self.reason = reason
    self.position = position
  }

  /// `LINE:COLUMN: what is wrong; what to do`.
  public var description: String { "\(position): \(reason.rawValue)" }
}
