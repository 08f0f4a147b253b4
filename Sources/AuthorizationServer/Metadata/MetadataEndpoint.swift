public import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON
internal import OAuth

/// Authorization server metadata (RFC 8414): only what this instance does, rendered at start.
public struct MetadataEndpoint: Endpoint {
  private let path: String
  private let document: CachedDocument

  /// How long clients may keep the metadata.
  public static let maxAge = Lifetime.minutes(5)

  /// Metadata of a server whose endpoints are given by their descriptions.
  public init(_ server: ServerMetadata, endpoints: [EndpointDescription]) {
    // RFC 8414 3.1: the well-known part goes between the host and the issuer's path.
    path = "/.well-known/oauth-authorization-server" + server.issuer.path
    let members = server.members(endpoints: Self.members(of: endpoints, below: server.issuer))
    document = CachedDocument(
      body: JSONValue.object(JSONObject(members)).serialized(), maxAge: Self.maxAge)
  }

  private static func members(
    of endpoints: [EndpointDescription], below issuer: Issuer
  ) -> [(String, JSONValue)] {
    let served = Dictionary(endpoints.map { ($0.path, $0) }) { first, _ in first }
    var members: [(String, JSONValue)] = []
    for (name, path) in Self.endpoints {
      guard let endpoint = served[issuer.path + path] else { continue }
      members.append((name, .string(issuer.url(path))))
      guard endpoint.authentication == .client else { continue }
      members.append(
        ("\(name)_auth_methods_supported", .array(endpoint.clientMethods.map { .string($0) })))
    }
    return members
  }

  /// The metadata's name of each endpoint, and the path below the issuer.
  private static let endpoints = [
    ("token_endpoint", TokenEndpoint.path),
    ("introspection_endpoint", IntrospectionEndpoint.path),
    ("revocation_endpoint", RevocationEndpoint.path),
    ("jwks_uri", KeySetEndpoint.path),
  ]

  private static let schema = JSONSchema.object(
    "Authorization server metadata (RFC 8414 2); what it does not name is not served",
    [
      .required("issuer", .string("The `iss` of our tokens", format: "uri")),
      .required("token_endpoint", .string(format: "uri")),
      .required("jwks_uri", .string(format: "uri")),
      .required("response_types_supported", .array(of: .string())),
      .required("grant_types_supported", .array(of: .string())),
      .required("token_endpoint_auth_methods_supported", .array(of: .string())),
      .required("scopes_supported", .array(of: .string())),
      .required(
        "protected_resources",
        .array(of: .string("A resource identifier (RFC 9728 4)", format: "uri"))),
      .optional("service_documentation", .string(format: "uri")),
      .optional("op_policy_uri", .string(format: "uri")),
      .optional("op_tos_uri", .string(format: "uri")),
      .optional("introspection_endpoint", .string(format: "uri")),
      .optional("introspection_endpoint_auth_methods_supported", .array(of: .string())),
      .optional("introspection_signing_alg_values_supported", .array(of: .string())),
      .optional("revocation_endpoint", .string(format: "uri")),
      .optional("revocation_endpoint_auth_methods_supported", .array(of: .string())),
    ]
  ).named("ServerMetadata")

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: path, summary: "Authorization server metadata (RFC 8414)",
      responses: [
        ResponseDescription(
          .ok, "The metadata", schema: Self.schema, fields: [.cacheControl, .etag]),
        .notModified,
      ], cors: .any, operation: "metadata")
  }

  /// Answers at once.
  public func respond(to request: Request, through responder: Responder) {
    responder.send(document.response(to: request))
  }
}
