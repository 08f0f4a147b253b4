internal import HTTP
public import HTTPServer
internal import JSON
internal import OAuth
internal import Ports

extension TokenEndpoint {
  /// The path below the issuer.
  public static let path = "/oauth2/v1/token"

  /// What the endpoint takes and gives; the declared parameters of every loaded grant included.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.post], path: parts.base + Self.path,
      summary: "Exchange a grant for tokens (RFC 6749 3.2)",
      parameters: parameters + ClientForm.parameters + grantParameters, authentication: .client,
      responses: [
        ResponseDescription(
          .ok, "Tokens (RFC 6749 5.1)", schema: Self.schema, fields: [.cacheControl],
          example: [
            "access_token": "eyJhbGciOiJFUzI1NiJ9.…", "token_type": "Bearer", "expires_in": 600,
            "scope": "api.read",
          ]),
        .oauthError(.badRequest, "A refusal (RFC 6749 5.2)", example: "invalid_grant"),
        .oauthError(.unauthorized, "Client authentication failed", example: "invalid_client"),
        .oauthError(
          .internalServerError, "A grant gave an unusable answer", example: "server_error"),
        .oauthError(
          .serviceUnavailable, "Not ready or overloaded; try again",
          example: "temporarily_unavailable"),
      ], cors: .any, clientMethods: clientMethods, operation: "token")
  }

  private var clientMethods: [String] {
    ClientAuthenticationMethod.offered(toPublic: parts.grants.servesPublicClients).map(\.rawValue)
  }

  private static let schema = JSONSchema.object(
    "Tokens (RFC 6749 5.1)",
    [
      .required("access_token", .string("The access token")),
      .required("token_type", .choice(["Bearer"])),
      .required("expires_in", .integer("Its lifetime in seconds", from: 1)),
      .required("scope", .string("What it allows, which may be less than was asked for")),
    ], others: .any("A further member that the grant adds")
  ).named("TokenResponse")

  private var grantParameters: [ParameterDescription] {
    let declared = parts.grants.grantTypes.flatMap { type in
      (parts.grants[type]?.grant.declaration.parameters ?? []).map { (type, $0) }
    }
    return declared.map { type, parameter in
      ParameterDescription(
        parameter.name, in: .form, secret: parameter.isSecret, multiple: parameter.allowsMultiple,
        description: "For \(type)")
    }
  }

  private var parameters: [ParameterDescription] {
    let types = parts.grants.grantTypes.map(\.text)
    return [
      ParameterDescription(
        "grant_type", in: .form, required: true, description: "The grant type",
        schema: .choice(types), example: types.first.map(JSONValue.string)),
      ParameterDescription(
        "scope", in: .form, description: "Scopes divided by spaces",
        example: .string(parts.resources.scopes.description)),
      ParameterDescription(
        "resource", in: .form, multiple: true,
        description: "The resource to get a token for (RFC 8707)",
        example: parts.resources.resources.first.map { .string($0.audience.text) }),
    ]
  }
}
