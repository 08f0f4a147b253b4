/// Why a text is not JSON that this module takes, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was wrong.
  public enum Reason: String, Sendable {
    case tooLarge = "text over the size limit"
    case tooDeep = "nested over the depth limit"
    case tooManyMembers = "more members or elements than the limit"
    case unexpectedEnd = "unexpected end of the text"
    case unexpectedByte = "unexpected byte"
    case invalidLiteral = "expected true, false or null"
    case invalidNumber = "malformed number"
    case numberOutOfRange = "number out of range"
    case invalidEscape = "malformed escape"
    case loneSurrogate = "escaped surrogate without its pair"
    case controlCharacter = "control character in a string"
    case invalidUTF8 = "not UTF-8"
    case duplicateName = "duplicate member name"
    case trailingBytes = "bytes after the value"
    case notAnObject = "expected an object"
  }

  /// What was wrong.
  public let reason: Reason

  /// The byte at which it was found, from zero.
  public let offset: Int

  /// An error at a byte.
  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// The reason and the byte, for an operator's log.
  public var description: String { "\(reason.rawValue) at byte \(offset)" }
}
