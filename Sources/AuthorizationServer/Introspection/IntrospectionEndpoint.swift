internal import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON
internal import OAuth
public import Ports
public import Tokens

/// The introspection endpoint (RFC 7662): what a token says, told to those whom it concerns.
public struct IntrospectionEndpoint: Endpoint {
  /// The path below the issuer.
  public static let path = "/oauth2/v1/introspect"

  private let base: String
  private let resources: ResourceCatalogue
  private let authentication: ClientAuthentication
  private let tokens: PresentedTokens
  private let signer: IntrospectionSigner

  /// The endpoint below an issuer's path, for the servers of these resources among others.
  public init(
    base: String, resources: ResourceCatalogue, authentication: ClientAuthentication,
    tokens: PresentedTokens, signer: IntrospectionSigner
  ) {
    self.base = base
    self.resources = resources
    self.authentication = authentication
    self.tokens = tokens
    self.signer = signer
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
        ParameterDescription(
          "Accept", in: .header, description: "Whether the answer is to be signed (RFC 9701)",
          example: .string(AnswerForm.signedType)),
      ] + ClientForm.parameters, authentication: .client,
      responses: [
        ResponseDescription(
          .ok, "What the token says, or that it is not active", schema: Self.schema,
          fields: [.cacheControl], example: ["active": false]),
        ResponseDescription(
          .ok, "The same, signed for the caller (RFC 9701), where Accept asks for it",
          contentType: AnswerForm.signedType, fields: [.cacheControl]),
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
    let wanted = AnswerForm(request)
    authentication.identify(request, exchange) { client, form, context throws(OAuthError) in
      try refusePublic(client)
      let token = try form.required("token")
      tokens.verify(token, context, exchange) { verdict throws(OAuthError) in
        let (answer, fields) = answer(verdict, to: client.client)
        switch wanted {
        case .json: exchange.answer(.json(answer.json), noting: fields)
        case .signed: sign(answer, for: client.client, context, exchange, noting: fields)
        }
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
    _ verdict: PresentedTokens.Verdict, to caller: Client
  ) -> (IntrospectionAnswer, [LogField]) {
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
    return (answer, fields)
  }

  /// Signs the answer and gives it, on the loop if that is quick.
  private func sign(
    _ answer: IntrospectionAnswer, for caller: Client, _ context: CallContext,
    _ exchange: ClientExchange, noting fields: [LogField]
  ) {
    let algorithm = signer.algorithm(caller.introspectionAlgorithm)
    let work: @Sendable () -> Void = {
      do throws(KeyRingError) {
        let text = try signer.sign(answer.json, for: caller.id, by: algorithm, at: context.now)
        exchange.answer(.signed(text), noting: fields)
      } catch {
        exchange.refuse(.unreadableKeys(error), client: caller.id)
      }
    }
    guard !algorithm.signsQuickly else {
      work()
      return
    }
    if !authentication.offload.computing(work) { exchange.refuse(.overloaded) }
  }

  /// Whether a caller may know of a token: its own, or one for a resource that it serves.
  private func isFor(_ caller: Client, _ token: VerifiedToken) -> Bool {
    token.client == caller.id
      || token.audiences.contains { audience in
        resources.resource(audience)?.introspectors.contains(caller.id) ?? false
      }
  }
}

extension Response {
  /// A signed answer that no cache may keep.
  fileprivate static func signed(_ text: [UInt8]) -> Response {
    var fields = Fields([.cacheControl: "no-store"])
    if let type = FieldValue(AnswerForm.signedType) { fields.append(.contentType, type) }
    return Response(status: .ok, fields: fields, body: text)
  }
}
