internal import Cryptography
public import Diagnostics
public import HTTP

/// A document with its validator and how long a client may keep it.
public struct CachedDocument: Sendable {
  /// The bytes.
  public let body: [UInt8]
  /// The media type.
  public let contentType: FieldValue
  /// The strong entity tag (RFC 9110 8.8.3).
  public let entityTag: EntityTag?
  private let cacheControl: FieldValue

  /// A document whose tag is known; without one it is sent whole each time.
  public init(
    body: [UInt8], entityTag: EntityTag?, contentType: FieldValue = "application/json",
    maxAge: Lifetime
  ) {
    self.body = body
    self.contentType = contentType
    self.entityTag = entityTag
    // Digits cannot break a field.
    cacheControl = FieldValue("public, max-age=\(maxAge.seconds)") ?? "no-cache"
  }

  /// A document; its tag comes from its bytes.
  public init(body: [UInt8], contentType: FieldValue = "application/json", maxAge: Lifetime) {
    let digest = Base64.url.encode(Array(SHA256.digest(body).bytes.prefix(16)))
    self.init(
      body: body, entityTag: EntityTag("\"\(digest)\""), contentType: contentType, maxAge: maxAge)
  }

  /// The answer to a GET: 304 if the client has it already (RFC 9110 13.1.2).
  public func response(to request: Request, further: Fields = Fields()) -> Response {
    var fields = Fields([.cacheControl: cacheControl])
    if let entityTag, let value = FieldValue(entityTag.text) { fields.append(.etag, value) }
    for field in further.all { fields.append(field.name, field.value) }
    if let entityTag, entityTag.isKnown(to: request.fields) {
      return Response(status: .notModified, fields: fields)
    }
    fields.append(.contentType, contentType)
    return Response(status: .ok, fields: fields, body: body)
  }
}
