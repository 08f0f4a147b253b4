internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import OAuth

/// Why a request to the admin listener over TCP is not let in (RFC 6750 3.1).
enum TokenDenial: Error {
  /// It shows no bearer token.
  case missing(realm: Audience)
  /// It shows one that is not good here.
  case invalid(ReasonCode, String, realm: Audience)
  /// Its token is good and carries none of the scopes.
  case insufficient(ScopeSet, needed: [Scope], realm: Audience)
  /// Nobody can say now.
  case unavailable(String)

  /// What the log says of it.
  var logFields: [LogField] {
    switch self {
    case .missing, .invalid, .insufficient: causes + [LogField(audit: .adminRefused)]
    case .unavailable: causes
    }
  }

  private var causes: [LogField] {
    switch self {
    case .missing: [LogField(reason: .tokenMissing)]
    case .invalid(let reason, let detail, _):
      [LogField(reason: reason), LogField("detail", detail)]
    case .insufficient(let found, _, _):
      [LogField(reason: .tokenScope), LogField("detail", "the token carries \"\(found)\"")]
    case .unavailable(let detail):
      [LogField(reason: .adminUnavailable), LogField("detail", detail)]
    }
  }

  /// What the client is told; why a token is not good, only the log says.
  var response: Response {
    switch self {
    case .missing(let realm): refusal(.unauthorized, Self.challenge(realm))
    case .invalid(_, _, let realm):
      refusal(.unauthorized, Self.challenge(realm).with("error", "invalid_token"))
    case .insufficient(_, let needed, let realm):
      refusal(
        .forbidden,
        Self.challenge(realm).with("error", "insufficient_scope")
          .with("scope", needed.map(\.text).joined(separator: " ")))
    case .unavailable: refusal(.serviceUnavailable, nil)
    }
  }

  private func refusal(_ status: Status, _ challenge: Challenge?) -> Response {
    var response = Response.problem(status)
    response.fields.append(.cacheControl, "no-store")
    if let challenge { response.fields.append(.wwwAuthenticate, challenge.fieldValue) }
    return response
  }

  private static func challenge(_ realm: Audience) -> Challenge {
    Challenge(.bearer).with("realm", realm.text)
  }

  /// The answers that a guarded endpoint may give besides its own.
  static let answers: [ResponseDescription] = [
    .problem(
      .unauthorized, "No access token, or one that is not good here",
      fields: [.cacheControl, .challenge]),
    .problem(
      .forbidden, "The access token lacks the scope", fields: [.cacheControl, .challenge]),
    .problem(.serviceUnavailable, "The token cannot be judged now", fields: [.cacheControl]),
  ]
}
