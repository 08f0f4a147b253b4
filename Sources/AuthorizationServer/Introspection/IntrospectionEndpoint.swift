internal import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON
internal import OAuth
public import Ports
internal import Tokens

/// The introspection endpoint (RFC 7662): what a token says, told to those whom it concerns.
public struct IntrospectionEndpoint: Endpoint {
  /// The path below the issuer.
  public static let path = "/oauth2/v1/introspect"

  private let base: String
  private let resources: ResourceCatalogue
  private let authentication: ClientAuthentication
  private let tokens: PresentedTokens

  /// The endpoint below an issuer's path, for the servers of these resources among others.
  public init(
    base: String, resources: ResourceCatalogue, authentication: ClientAuthentication,
    tokens: PresentedTokens
  ) {
    self.base = base
    self.resources = resources
    self.authentication = authentication
    self.tokens = tokens
  }

  /// What the endpoint takes and gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.post], path: base + Self.path, summary: "Ask about a token (RFC 7662)",
      parameters: [
        ParameterDescription(
          "token", in: .form, required: true, secret: true, description: "The token",
          example: "eyJhbGciOiJFUzI1NiJ9.…"),
        ParameterDescription(
          "token_type_hint", in: .form, description: "What it may be; every kind is tried anyway"),
      ] + ClientForm.parameters, authentication: .client,
      responses: [
        ResponseDescription(
          .ok, "What the token says, or that it is not active", schema: Self.schema,
          fields: [.cacheControl], example: ["active": false]),
        .oauthError(.badRequest, "A malformed request", example: "invalid_request"),
        .oauthError(.unauthorized, "Client authentication failed", example: "invalid_client"),
        .oauthError(
          .serviceUnavailable, "Nobody can say now: not ready or overloaded; try again",
          example: "temporarily_unavailable"),
      ], clientMethods: ClientAuthenticationMethod.offered(toPublic: false).map(\.rawValue),
      operation: "introspect")
  }

  private static let schema = JSONSchema.object(
    "What a token says (RFC 7662 2.2)",
    [
      .required("active", .boolean("Whether the token is good, and the caller may know it")),
      .optional("token_type", .choice(["Bearer"])),
      .optional("scope", .string("What it allows, divided by spaces")),
      .optional("client_id", .string("The client that it was issued to")),
      .optional("sub", .string("For whom it speaks")),
      .optional("aud", .any("The resources it is for: one, or a list")),
      .optional("iss", .string("Who issued it")),
      .optional("exp", .integer("When it ends, in seconds since 1970")),
      .optional("iat", .integer("When it was issued")),
      .optional("nbf", .integer("From when on it is good")),
      .optional("jti", .string("Its identifier")),
    ], others: .any("A further claim")
  ).named("IntrospectionResponse")

  /// Answers on the loop, unless client or token must be looked up in storage.
  public func respond(to request: Request, through responder: Responder) {
    let exchange = ClientExchange(request, responder, explainedAt: authentication.pages)
    authentication.identify(request, exchange) { client, form, context throws(OAuthError) in
      try refusePublic(client)
      let token = try form.required("token")
      tokens.verify(token, context, exchange) { verdict throws(OAuthError) in
        answer(verdict, to: client.client, exchange)
      }
    }
  }

  /// Whoever may name itself anybody could try tokens (RFC 7662 2.1, 4).
  private func refusePublic(_ client: AuthenticatedClient) throws(OAuthError) {
    guard !client.client.isConfidential else { return }
    throw OAuthError(
      .invalid_client, OAuthError.clientRefused, reason: .clientPublic,
      detail: "client \"\(client.client.id)\" is public")
  }

  private func answer(
    _ verdict: PresentedTokens.Verdict, to caller: Client, _ exchange: ClientExchange
  ) {
    var fields = [LogField("client", caller.id)]
    let answer: IntrospectionAnswer
    switch verdict {
    case .good(let token) where isFor(caller, token):
      answer = .active(token)
      fields.append(LogField("jti", token.id ?? ""))
    case .good(let token):
      answer = .inactive
      fields.append(LogField("detail", "the token is not for this caller"))
      fields.append(LogField("jti", token.id ?? ""))
    case .refused(let refusal):
      answer = .inactive
      fields += [LogField("detail", "\(refusal.code.rawValue): \(refusal)")]
    }
    exchange.answer(.json(answer.json), noting: fields)
  }

  /// Whether a caller may know of a token: its own, or one for a resource that it serves.
  private func isFor(_ caller: Client, _ token: VerifiedToken) -> Bool {
    token.client == caller.id
      || token.audiences.contains { audience in
        resources.resource(audience)?.introspectors.contains(caller.id) ?? false
      }
  }
}
