internal import HTTP
public import HTTPServer
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
      parameters: Self.parameters + grantParameters, authentication: .client,
      responses: [
        ResponseDescription(.ok, "Tokens (RFC 6749 5.1)"),
        ResponseDescription(.badRequest, "A refusal (RFC 6749 5.2)"),
        ResponseDescription(.unauthorized, "Client authentication failed"),
        ResponseDescription(.serviceUnavailable, "Not ready or overloaded; try again"),
      ], cors: .any)
  }

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

  private static let parameters = [
    ParameterDescription("grant_type", in: .form, required: true, description: "The grant type"),
    ParameterDescription(
      "client_id", in: .form, description: "For client_secret_post and public clients"),
    ParameterDescription(
      "client_secret", in: .form, secret: true, description: "For client_secret_post"),
    ParameterDescription("scope", in: .form, description: "Scopes divided by spaces"),
    ParameterDescription(
      "resource", in: .form, multiple: true,
      description: "The resource to get a token for (RFC 8707)"),
  ]
}
