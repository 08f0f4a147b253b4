/// What a client is told: the codes of OAuth's RFCs, and names for the problems of HTTP itself.
///
/// Many reasons share one, so that a stranger learns nothing that is not for him.
public enum PublicError: String, Sendable, CaseIterable {
  // OAuth endpoints
  case invalidRequest = "invalid_request"
  case invalidClient = "invalid_client"
  case invalidGrant = "invalid_grant"
  case unauthorizedClient = "unauthorized_client"
  case unsupportedGrantType = "unsupported_grant_type"
  case unsupportedTokenType = "unsupported_token_type"
  case invalidScope = "invalid_scope"
  case invalidTarget = "invalid_target"
  case accessDenied = "access_denied"
  case authorizationPending = "authorization_pending"
  case slowDown = "slow_down"
  case expiredToken = "expired_token"
  case serverError = "server_error"
  case temporarilyUnavailable = "temporarily_unavailable"

  // Protected resources
  case missingToken = "missing_token"
  case invalidToken = "invalid_token"
  case insufficientScope = "insufficient_scope"

  // HTTP
  case badRequest = "bad_request"
  case forbidden = "forbidden"
  case notFound = "not_found"
  case methodNotAllowed = "method_not_allowed"
  case requestTimeout = "request_timeout"
  case conflict = "conflict"
  case contentTooLarge = "content_too_large"
  case uriTooLong = "uri_too_long"
  case unsupportedMediaType = "unsupported_media_type"
  case expectationFailed = "expectation_failed"
  case misdirectedRequest = "misdirected_request"
  case fieldsTooLarge = "fields_too_large"
  case internalError = "internal_error"
  case notImplemented = "not_implemented"
  case badGateway = "bad_gateway"
  case serviceUnavailable = "service_unavailable"
  case gatewayTimeout = "gateway_timeout"
  case versionNotSupported = "version_not_supported"
}
