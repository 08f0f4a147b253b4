public import HTTP
public import HTTPServer

/// The JWK Set of the signing keys (RFC 7517), as the key ring publishes it now.
public struct KeySetEndpoint: Endpoint {
  /// The path below the issuer.
  public static let path = "/oauth2/v1/jwks"

  private let base: String
  private let current: @Sendable () -> CachedDocument

  /// An endpoint below an issuer's path that answers with what the closure gives at each request.
  public init(base: String, current: @escaping @Sendable () -> CachedDocument) {
    self.base = base
    self.current = current
  }

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: base + Self.path,
      summary: "The keys that verify our tokens (RFC 7517)",
      responses: [
        ResponseDescription(
          .ok, "A JWK Set", schema: Self.schema, fields: [.cacheControl, .etag]),
        .notModified,
      ], cors: .any, operation: "keySet")
  }

  private static let schema = JSONSchema.object(
    "A JWK Set (RFC 7517 5)",
    [
      .required(
        "keys",
        .array(
          of: .object(
            "A public key; its further members are those of its type",
            [
              .required("kty", .string("The key's type")),
              .required("kid", .string("Its name in the header of tokens")),
              .required("use", .choice(["sig", "enc"])),
              .required("alg", .string("The only algorithm that it is for")),
            ], others: .string())))
    ]
  ).named("KeySet")

  /// Answers at once.
  public func respond(to request: Request, through responder: Responder) {
    responder.send(current().response(to: request))
  }
}
