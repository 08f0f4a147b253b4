public import HTTP

/// One field of an answer's head that clients may rely on.
public struct FieldDescription: Sendable {
  /// The name.
  public let name: FieldName
  /// What it says.
  public let description: String
  /// Whether it is always there.
  public let isRequired: Bool

  /// Describes a field.
  public init(_ name: FieldName, _ description: String, isRequired: Bool = true) {
    self.name = name
    self.description = description
    self.isRequired = isRequired
  }

  /// `Cache-Control`: how long the answer may be kept.
  public static let cacheControl = FieldDescription(
    .cacheControl, "How long the answer may be kept (RFC 9111)")
  /// `ETag`: the validator of the answer.
  public static let etag = FieldDescription(
    .etag, "A strong validator, for `If-None-Match` (RFC 9110 8.8.3)")
  /// `Retry-After`: when to try again.
  public static let retryAfter = FieldDescription(
    .retryAfter, "Seconds until another try makes sense")
  /// `WWW-Authenticate`: how to authenticate.
  public static let challenge = FieldDescription(
    .wwwAuthenticate, "The scheme to authenticate with (RFC 9110 11.6.1)")
}
