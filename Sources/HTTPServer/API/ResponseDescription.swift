public import HTTP
public import JSON

/// One answer that an endpoint may give.
public struct ResponseDescription: Sendable {
  /// The status.
  public let status: Status
  /// When it comes.
  public let description: String
  /// The media type of its body, if it has one.
  public let contentType: String?
  /// The shape of its body, if that is JSON.
  public let schema: JSONSchema?
  /// The fields of its head that clients may rely on; `X-Request-Id` is in every answer.
  public let fields: [FieldDescription]
  /// A body as it may come; never with a secret that is one.
  public let example: JSONValue?

  /// Describes an answer.
  public init(
    _ status: Status, _ description: String, contentType: String? = "application/json",
    schema: JSONSchema? = nil, fields: [FieldDescription] = [], example: JSONValue? = nil
  ) {
    self.status = status
    self.description = description
    self.contentType = contentType
    self.schema = schema
    self.fields = fields
    self.example = example
  }

  /// A refusal as the error object of RFC 6749 5.2.
  public static func oauthError(
    _ status: Status, _ description: String, example code: String? = nil
  ) -> ResponseDescription {
    var fields = [FieldDescription.cacheControl]
    if status == .unauthorized { fields.append(.challenge) }
    if status == .serviceUnavailable { fields.append(.retryAfter) }
    return ResponseDescription(
      status, description, schema: .oauthError, fields: fields,
      example: code.map { ["error": .string($0)] })
  }

  /// A refusal as a problem document (RFC 9457).
  public static func problem(
    _ status: Status, _ description: String, fields: [FieldDescription] = []
  ) -> ResponseDescription {
    ResponseDescription(
      status, description, contentType: "application/problem+json", schema: .problem,
      fields: fields)
  }

  /// 304: what the client has is still good.
  public static let notModified = ResponseDescription(
    .notModified, "What the client has already is still good", contentType: nil,
    fields: [.etag, .cacheControl])
}
