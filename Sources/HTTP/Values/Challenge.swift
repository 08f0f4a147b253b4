/// One challenge of a `WWW-Authenticate` field (RFC 9110 11.3): a scheme and its parameters.
public struct Challenge: Sendable, Equatable {
  /// The schemes that this program asks for.
  public enum Scheme: String, Sendable {
    /// RFC 7617.
    case basic = "Basic"
    /// RFC 6750.
    case bearer = "Bearer"
    /// RFC 9449.
    case dpop = "DPoP"
  }

  private let scheme: Scheme
  private var parameters: [(name: String, value: String)] = []

  /// A challenge without parameters.
  public init(_ scheme: Scheme) { self.scheme = scheme }

  /// Equal when the field value is.
  public static func == (left: Challenge, right: Challenge) -> Bool {
    left.fieldValue == right.fieldValue
  }

  /// This challenge with one more parameter; the name must be a token.
  ///
  /// The value is quoted. What a quoted string in ASCII cannot hold becomes a question mark:
  /// RFC 6750 3 allows no more in its parameters.
  public func with(_ name: StaticString, _ value: String) -> Challenge {
    let name = "\(name)"
    precondition(Token.isValid(name.utf8), "not a token")
    var copy = self
    copy.parameters.append((name, value))
    return copy
  }

  /// The value for the field.
  public var fieldValue: FieldValue {
    var text = scheme.rawValue
    for (index, parameter) in parameters.enumerated() {
      text += index == 0 ? " " : ", "
      text += parameter.name + "=" + Self.quoted(parameter.value)
    }
    // Every part above is visible ASCII or a space inside quotes.
    return FieldValue(text) ?? ""
  }

  private static func quoted(_ value: String) -> String {
    var quoted = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        quoted += "\\"
        quoted.unicodeScalars.append(scalar)
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default: quoted += "?"
      }
    }
    return quoted + "\""
  }
}
