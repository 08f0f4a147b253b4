internal import HTTP

/// What the server itself may answer on every path, before or instead of the endpoint.
public enum ServerAnswers {
  /// Problem documents (RFC 9457) all of them, in the order of their status.
  public static let all: [ResponseDescription] = [
    .problem(.badRequest, "The message breaks HTTP: its line, a field or its framing"),
    .problem(
      .methodNotAllowed, "The path knows other methods",
      fields: [FieldDescription(.allow, "The methods that it knows")]),
    .problem(.requestTimeout, "The request came too slowly"),
    .problem(.contentTooLarge, "The content is longer than this endpoint takes"),
    .problem(.targetTooLong, "The request target is longer than `limits.targetBytes`"),
    .problem(.expectationFailed, "An expectation other than `100-continue`"),
    .problem(.misdirectedRequest, "The request is for another host"),
    .problem(.fieldsTooLarge, "The fields are too many or too long"),
    .problem(.internalServerError, "A fault of the server, which its log explains"),
    .problem(.notImplemented, "A method or a transfer coding that is not known here"),
    .problem(.serviceUnavailable, "Overloaded, or the answer took too long"),
    .problem(.versionNotSupported, "Another version of HTTP"),
  ]
}
