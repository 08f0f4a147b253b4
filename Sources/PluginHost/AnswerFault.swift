internal import Diagnostics

/// How an answer of a plugin breaks its contract; the request that waited for it fails.
enum AnswerFault: Error, Equatable {
  /// It returned without an answer.
  case missing
  /// It answered a second time.
  case twice
  /// It did not answer before its deadline.
  case deadline
  /// A text is not UTF-8.
  case notUTF8(String)
  /// The answer is over a limit.
  case tooLarge(String)
  /// A member breaks a rule of the header.
  case malformed(String)
  /// A claim or member that only the host sets.
  case reserved(String)
  /// It uses a capability that its entry does not grant.
  case notGranted(String)
  /// It asks for what this host does not offer.
  case unsupported(String)

  /// A stable dotted code for logs and tests.
  var code: ReasonCode {
    switch self {
    case .missing: .pluginNoAnswer
    case .twice: .pluginAnsweredTwice
    case .deadline: .pluginDeadline
    case .notUTF8: .pluginNotUTF8
    case .tooLarge: .pluginTooLarge
    case .malformed: .pluginMalformedAnswer
    case .reserved: .pluginReservedName
    case .notGranted: .pluginNotGranted
    case .unsupported: .pluginUnsupportedAnswer
    }
  }

  /// What was found, for the operator.
  var detail: String {
    switch self {
    case .missing: "it returned without an answer"
    case .twice: "it answered twice"
    case .deadline: "it did not answer before the deadline"
    case .notUTF8(let member): "\(member) is not UTF-8"
    case .tooLarge(let what): "\(what) is over its limit"
    case .malformed(let what): what
    case .reserved(let name): "it sets \(name), which only the host does"
    case .notGranted(let name): "it uses the capability \(name), which its entry does not grant"
    case .unsupported(let what): "it asks for \(what), which this host does not offer"
    }
  }
}
