/// The name of a header field (RFC 9110 5.1), kept in lower case: names compare without case.
public struct FieldName: Hashable, Sendable, CustomStringConvertible {
  /// The name in lower case.
  public let rawValue: String

  /// A name from its text, in any case, which must be a token.
  public init?(_ text: String) {
    guard Token.isValid(text.utf8) else { return nil }
    rawValue = text.lowercased()
  }

  package init(known rawValue: String) { self.rawValue = rawValue }

  /// `accept`.
  public static let accept = FieldName(known: "accept")
  /// `allow`.
  public static let allow = FieldName(known: "allow")
  /// `authorization`.
  public static let authorization = FieldName(known: "authorization")
  /// `access-control-allow-headers`.
  public static let accessControlAllowHeaders = FieldName(known: "access-control-allow-headers")
  /// `access-control-allow-methods`.
  public static let accessControlAllowMethods = FieldName(known: "access-control-allow-methods")
  /// `access-control-allow-origin`.
  public static let accessControlAllowOrigin = FieldName(known: "access-control-allow-origin")
  /// `access-control-expose-headers`.
  public static let accessControlExposeHeaders = FieldName(known: "access-control-expose-headers")
  /// `access-control-max-age`.
  public static let accessControlMaxAge = FieldName(known: "access-control-max-age")
  /// `access-control-request-headers`.
  public static let accessControlRequestHeaders = FieldName(known: "access-control-request-headers")
  /// `access-control-request-method`.
  public static let accessControlRequestMethod = FieldName(known: "access-control-request-method")
  /// `cache-control`.
  public static let cacheControl = FieldName(known: "cache-control")
  /// `connection`.
  public static let connection = FieldName(known: "connection")
  /// `content-length`.
  public static let contentLength = FieldName(known: "content-length")
  /// `content-security-policy`.
  public static let contentSecurityPolicy = FieldName(known: "content-security-policy")
  /// `content-type`.
  public static let contentType = FieldName(known: "content-type")
  /// `cookie`.
  public static let cookie = FieldName(known: "cookie")
  /// `date`.
  public static let date = FieldName(known: "date")
  /// `etag`.
  public static let etag = FieldName(known: "etag")
  /// `expect`.
  public static let expect = FieldName(known: "expect")
  /// `forwarded` (RFC 7239).
  public static let forwarded = FieldName(known: "forwarded")
  /// `host`.
  public static let host = FieldName(known: "host")
  /// `if-none-match`.
  public static let ifNoneMatch = FieldName(known: "if-none-match")
  /// `location`.
  public static let location = FieldName(known: "location")
  /// `origin`.
  public static let origin = FieldName(known: "origin")
  /// `pragma`.
  public static let pragma = FieldName(known: "pragma")
  /// `referrer-policy`.
  public static let referrerPolicy = FieldName(known: "referrer-policy")
  /// `retry-after`.
  public static let retryAfter = FieldName(known: "retry-after")
  /// `server`.
  public static let server = FieldName(known: "server")
  /// `set-cookie`.
  public static let setCookie = FieldName(known: "set-cookie")
  /// `transfer-encoding`.
  public static let transferEncoding = FieldName(known: "transfer-encoding")
  /// `via`.
  public static let via = FieldName(known: "via")
  /// `x-forwarded-for`.
  public static let forwardedFor = FieldName(known: "x-forwarded-for")
  /// `x-forwarded-host`.
  public static let forwardedHost = FieldName(known: "x-forwarded-host")
  /// `x-forwarded-proto`.
  public static let forwardedProto = FieldName(known: "x-forwarded-proto")
  /// `vary`.
  public static let vary = FieldName(known: "vary")
  /// `www-authenticate`.
  public static let wwwAuthenticate = FieldName(known: "www-authenticate")
  /// `x-content-type-options`.
  public static let contentTypeOptions = FieldName(known: "x-content-type-options")
  /// `traceparent` (W3C Trace Context).
  public static let traceparent = FieldName(known: "traceparent")
  /// `x-request-id`.
  public static let requestID = FieldName(known: "x-request-id")

  /// The name in lower case.
  public var description: String { rawValue }
}
