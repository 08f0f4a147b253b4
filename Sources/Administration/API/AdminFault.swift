public import Diagnostics
internal import HTTP
internal import HTTPServer
internal import JSON

/// A refused administrative request, answered as RFC 9457 problem details.
public enum AdminFault: Error, Sendable, Equatable {
  /// The request cannot be read; the text says what was expected.
  case malformed(String)
  /// The content is not said to be JSON.
  case mediaType
  /// There is no such thing.
  case missing(String)
  /// It exists already, is the config's, or has changed meanwhile.
  case conflict(String)
  /// The peer may not do this.
  case forbidden(String)
  /// Storage or a key is out of reach.
  case unavailable(String)

  /// What is wrong and what to do, in a sentence.
  public var detail: String {
    switch self {
    case .mediaType: "The Content-Type must be application/json."
    case .malformed(let text), .missing(let text), .conflict(let text), .forbidden(let text),
      .unavailable(let text):
      text
    }
  }

  /// The stable reason code.
  public var reason: ReasonCode {
    switch self {
    case .malformed: .adminMalformed
    case .mediaType: .adminMediaType
    case .missing: .adminMissing
    case .conflict: .adminConflict
    case .forbidden: .adminForbidden
    case .unavailable: .adminUnavailable
    }
  }

  /// What the log says of it.
  var logFields: [LogField] { [LogField(reason: reason), LogField("detail", detail)] }

  var response: Response {
    let body = JSONValue.object(
      JSONObject([
        ("type", .string("about:blank")), ("title", .string(status.reason)),
        ("status", .integer(Int64(status.code))), ("detail", .string(detail)),
        ("reason", .string(reason.rawValue)),
      ]))
    return Response(
      status: status,
      fields: Fields([.contentType: "application/problem+json", .cacheControl: "no-store"]),
      body: body.serialized())
  }

  /// The answers that every operation may give.
  static let answers: [ResponseDescription] = [
    .problem(.badRequest, "The parameters cannot be read", fields: [.cacheControl]),
    .problem(.forbidden, "The peer may not do this", fields: [.cacheControl]),
    .problem(.notFound, "There is no such thing", fields: [.cacheControl]),
    .problem(
      .conflict, "It exists already, is the config's, or has changed meanwhile",
      fields: [.cacheControl]),
    .problem(
      .unsupportedMediaType, "The content is not said to be JSON", fields: [.cacheControl]),
    .problem(
      .serviceUnavailable, "Storage or a key is out of reach; try again",
      fields: [.cacheControl]),
  ]

  private var status: Status {
    switch self {
    case .malformed: .badRequest
    case .mediaType: .unsupportedMediaType
    case .missing: .notFound
    case .conflict: .conflict
    case .forbidden: .forbidden
    case .unavailable: .serviceUnavailable
    }
  }
}
