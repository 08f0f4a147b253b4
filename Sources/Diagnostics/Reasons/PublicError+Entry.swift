extension PublicError {
  /// What is to be said to whoever meets an error.
  public struct Entry: Sendable {
    /// The HTTP status that it comes with.
    public let status: Int
    /// Where it is defined.
    public let source: String
    /// What has happened, as far as a client may know.
    public let meaning: String
    /// What the client's developer can do.
    public let remedy: String

    init(_ status: Int, _ source: String, _ meaning: String, _ remedy: String) {
      self.status = status
      self.source = source
      self.meaning = meaning
      self.remedy = remedy
    }
  }

  /// The error's entry.
  public var entry: Entry { oauthEntry ?? resourceEntry ?? httpEntry }

  private var oauthEntry: Entry? {
    switch self {
    case .invalidRequest:
      Entry(
        400, "RFC 6749, section 5.2",
        "The request is malformed: a parameter is missing, repeated, or contradicts another.",
        "Read `error_description`; it names the parameter.")
    case .invalidClient:
      Entry(
        401, "RFC 6749, section 5.2",
        "The client did not prove who it is. Whether its identifier or its secret was at fault is "
          + "not told.",
        "Check identifier, secret and the way they are sent.")
    case .invalidGrant:
      Entry(
        400, "RFC 6749, section 5.2",
        "What was to be exchanged is not good: wrong, expired, used, or another client's.",
        "Start the grant anew.")
    case .unauthorizedClient:
      Entry(
        400, "RFC 6749, section 5.2", "The client may not use this grant.",
        "Ask the operator to register the client for it.")
    case .unsupportedGrantType:
      Entry(
        400, "RFC 6749, section 5.2", "No such grant is offered here.",
        "The server's metadata lists `grant_types_supported`.")
    case .unsupportedTokenType:
      Entry(
        400, "RFC 7009, section 2.2.1", "Tokens of this type are not taken here.",
        "Present an access or refresh token.")
    case .invalidScope:
      Entry(
        400, "RFC 6749, section 5.2", "The scope is malformed, unknown, or more than may be given.",
        "Ask for scopes that the client is registered for.")
    case .invalidTarget:
      Entry(
        400, "RFC 8707, section 2", "The resource is unknown, or the scopes belong to several.",
        "Send one `resource`, with scopes of its own.")
    default: laterEntry
    }
  }

  private var laterEntry: Entry? {
    switch self {
    case .accessDenied:
      Entry(
        400, "RFC 6749, section 4.1.2.1", "The resource owner or the server said no.",
        "Ask the resource owner.")
    case .authorizationPending:
      Entry(400, "RFC 8628, section 3.5", "It is not decided yet.", "Ask again after the interval.")
    case .slowDown:
      Entry(
        400, "RFC 8628, section 3.5", "It is not decided yet, and the client asks too often.",
        "Add five seconds to the interval.")
    case .expiredToken:
      Entry(400, "RFC 8628, section 3.5", "The device code is too old.", "Start the grant anew.")
    case .serverError:
      Entry(
        500, "RFC 6749, section 4.1.2.1", "Something broke here.",
        "Give the request's id (`X-Request-Id`) to the operator.")
    case .temporarilyUnavailable:
      Entry(
        503, "RFC 6749, section 4.1.2.1", "The server is overloaded or not ready.",
        "Try again after `Retry-After`.")
    default: nil
    }
  }

  private var resourceEntry: Entry? {
    switch self {
    case .missingToken:
      Entry(
        401, "RFC 6750, section 3.1", "The resource asks for a bearer token, and there is none.",
        "Send `Authorization: Bearer TOKEN`.")
    case .invalidToken:
      Entry(
        401, "RFC 6750, section 3.1",
        "The token is expired, revoked, malformed, or not good for this resource.",
        "Get a new token for this resource.")
    case .insufficientScope:
      Entry(
        403, "RFC 6750, section 3.1", "The token lacks a scope that the resource asks for.",
        "Ask for a token with the scopes that the challenge names.")
    default: nil
    }
  }
}
