internal import Cryptography
public import Diagnostics
internal import HTTP

/// A JSON document with its validator and how long a client may keep it.
public struct CachedDocument: Sendable {
  /// The bytes.
  public let body: [UInt8]
  /// The strong entity tag (RFC 9110 8.8.3), quotes included.
  public let entityTag: String
  /// For how long it is fresh.
  public let maxAge: Lifetime

  /// A document whose tag is known.
  public init(body: [UInt8], entityTag: String, maxAge: Lifetime) {
    self.body = body
    self.entityTag = entityTag
    self.maxAge = maxAge
  }

  /// A document; its tag comes from its bytes.
  public init(body: [UInt8], maxAge: Lifetime) {
    self.body = body
    self.maxAge = maxAge
    entityTag = "\"\(Base64.url.encode(Array(SHA256.digest(body).bytes.prefix(12))))\""
  }

  /// The answer to a GET: 304 if the client has it already (RFC 9110 13.1.2).
  func response(to request: Request) -> Response {
    var fields = Fields([.contentType: "application/json"])
    fields.append(.cacheControl, FieldValue("public, max-age=\(maxAge.seconds)") ?? "no-cache")
    if let tag = FieldValue(entityTag) { fields.append(.etag, tag) }
    let known = request.fields.all(.ifNoneMatch).joined(separator: ",")
      .split(separator: ",").map { tag in String(tag.filter { $0 != " " }) }
    if known.contains(where: { $0 == entityTag || $0 == "W/" + entityTag || $0 == "*" }) {
      return Response(status: .notModified, fields: fields)
    }
    return Response(status: .ok, fields: fields, body: body)
  }
}
