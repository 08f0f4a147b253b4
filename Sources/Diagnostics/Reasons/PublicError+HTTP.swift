extension PublicError {
  /// The entry of a problem that HTTP has a status for.
  var httpEntry: Entry {
    let (status, meaning, remedy) = httpText
    return Entry(status, "RFC 9110, section 15", meaning, remedy)
  }

  private var httpText: (status: Int, meaning: String, remedy: String) {
    switch self {
    case .forbidden: (403, "Whoever asks may not do this.", "Ask as somebody who may.")
    case .notFound: (404, "There is nothing at this address.", "Mend the URL.")
    case .methodNotAllowed: (405, "The method is not taken here.", "`Allow` names those that are.")
    case .requestTimeout: (408, "The request came too slowly.", "Send it again, faster.")
    case .conflict: (409, "It has changed meanwhile, or exists already.", "Look at it again.")
    case .contentTooLarge: (413, "The content is over the limit.", "Send less.")
    case .uriTooLong: (414, "The target is over the limit.", "Send data in the content instead.")
    case .unsupportedMediaType:
      (415, "The content is of a type that is not read here.", "Send the type that is described.")
    case .expectationFailed: (417, "The expectation is not understood.", "Leave `Expect` out.")
    case .misdirectedRequest: (421, "The host is not served here.", "Use the right host.")
    case .fieldsTooLarge: (431, "The fields are over the limit.", "Send fewer and smaller ones.")
    case .internalError, .serverError:
      (500, "Something broke here.", "Give the request's id (`X-Request-Id`) to the operator.")
    case .notImplemented: (501, "This is not done here.", "Use another method or coding.")
    case .badGateway: (502, "The server behind this one gave no good answer.", "Try again later.")
    case .serviceUnavailable:
      (503, "Overloaded, or not ready.", "Try again after `Retry-After`.")
    case .gatewayTimeout: (504, "The server behind this one was too slow.", "Try again later.")
    case .versionNotSupported: (505, "The HTTP version is not spoken here.", "Send HTTP/1.1.")
    default: (400, "The request is malformed, or could be read in two ways.", "Mend the client.")
    }
  }
}

extension PublicError {
  private static let byStatus: [Int: PublicError] = {
    let own: [PublicError] = [
      .badRequest, .forbidden, .notFound, .methodNotAllowed, .requestTimeout, .conflict,
      .contentTooLarge, .uriTooLong, .unsupportedMediaType, .expectationFailed,
      .misdirectedRequest, .fieldsTooLarge, .internalError, .notImplemented, .badGateway,
      .serviceUnavailable, .gatewayTimeout,
      .versionNotSupported,
    ]
    return Dictionary(own.map { ($0.httpEntry.status, $0) }) { first, _ in first }
  }()

  /// The problem of HTTP that a status stands for, where the status alone says what is wrong.
  public init?(status: Int) {
    guard let error = Self.byStatus[status] else { return nil }
    self = error
  }
}
