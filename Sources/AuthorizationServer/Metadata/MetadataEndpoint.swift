public import Diagnostics
public import HTTP
public import HTTPServer
public import JOSE
internal import JSON
public import OAuth

/// Authorization server metadata (RFC 8414): only what this instance does, rendered at start.
public struct MetadataEndpoint: Endpoint {
  private let path: String
  private let document: CachedDocument

  /// How long clients may keep the metadata.
  public static let maxAge = Lifetime.minutes(5)

  /// Metadata of an issuer whose endpoints are given by their descriptions.
  public init(
    issuer: Issuer, grantTypes: [GrantType], scopes: ScopeSet,
    authenticationMethods: [ClientAuthenticationMethod], endpoints: [EndpointDescription],
    introspectionAlgorithms: [JWSAlgorithm] = []
  ) {
    // RFC 8414 3.1: the well-known part goes between the host and the issuer's path.
    path = "/.well-known/oauth-authorization-server" + issuer.path
    let served = Dictionary(endpoints.map { ($0.path, $0) }) { first, _ in first }
    var members: [(String, JSONValue)] = [("issuer", .string(issuer.text))]
    for (name, path) in Self.endpoints {
      guard let endpoint = served[issuer.path + path] else { continue }
      members.append((name, .string(issuer.url(path))))
      guard endpoint.authentication == .client, name != "token_endpoint" else { continue }
      members.append(
        ("\(name)_auth_methods_supported", .array(endpoint.clientMethods.map { .string($0) })))
    }
    members += [
      ("response_types_supported", .array([])),
      ("grant_types_supported", .array(grantTypes.map { .string($0.text) })),
      (
        "token_endpoint_auth_methods_supported",
        .array(authenticationMethods.map { .string($0.rawValue) })
      ),
      ("scopes_supported", .array(scopes.scopes.map { .string($0.text) })),
    ]
    if !introspectionAlgorithms.isEmpty {
      let names = introspectionAlgorithms.map { JSONValue.string($0.rawValue) }
      members.append(("introspection_signing_alg_values_supported", .array(names)))
    }
    document = CachedDocument(
      body: JSONValue.object(JSONObject(members)).serialized(), maxAge: Self.maxAge)
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
