/// A request method (RFC 9110 9): case-sensitive, open to others than the ones named here.
public struct Method: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The method as written on the wire.
  public let rawValue: String

  /// A method from its text, which must be a token.
  public init?(rawValue: String) {
    guard Token.isValid(rawValue.utf8) else { return nil }
    self.rawValue = rawValue
  }

  private init(known rawValue: String) { self.rawValue = rawValue }

  /// Transfers a representation of the target.
  public static let get = Method(known: "GET")
  /// As GET, without the content.
  public static let head = Method(known: "HEAD")
  /// Processes the content by the target's own rules.
  public static let post = Method(known: "POST")
  /// Replaces the target.
  public static let put = Method(known: "PUT")
  /// Changes a part of the target (RFC 5789).
  public static let patch = Method(known: "PATCH")
  /// Removes the target.
  public static let delete = Method(known: "DELETE")
  /// Asks what the target allows.
  public static let options = Method(known: "OPTIONS")
  /// Loops the request back; refused by this program.
  public static let trace = Method(known: "TRACE")
  /// Asks for a tunnel; refused by this program.
  public static let connect = Method(known: "CONNECT")

  /// The method as written on the wire.
  public var description: String { rawValue }
}
