internal import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON
public import OAuth
internal import Ports
public import Tokens

/// The revocation endpoint (RFC 7009): a client gives one of its own tokens up.
public struct RevocationEndpoint: Endpoint {
  /// The path below the issuer.
  public static let path = "/oauth2/v1/revoke"

  private let base: String
  private let methods: [ClientAuthenticationMethod]
  private let authentication: ClientAuthentication
  private let tokens: PresentedTokens
  private let revocations: Revocations

  /// The endpoint below an issuer's path, for clients that authenticate by these methods.
  public init(
    base: String, methods: [ClientAuthenticationMethod], authentication: ClientAuthentication,
    tokens: PresentedTokens,
    revocations: Revocations
  ) {
    self.base = base
    self.methods = methods
    self.authentication = authentication
    self.tokens = tokens
    self.revocations = revocations
  }

  /// What the endpoint takes and gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.post], path: base + Self.path, summary: "Revoke a token (RFC 7009)",
      parameters: [
        ParameterDescription(
          "token", in: .form, required: true, secret: true, description: "The token",
          example: "eyJhbGciOiJFUzI1NiJ9.…"),
        ParameterDescription(
          "token_type_hint", in: .form, description: "What it may be; every kind is tried anyway"),
      ] + ClientForm.parameters, authentication: .client,
      responses: [
        ResponseDescription(
          .ok, "Revoked, or no such token (RFC 7009 2.2)", contentType: nil,
          fields: [.cacheControl]),
        .oauthError(
          .badRequest, "A refusal (RFC 7009 2.2.1)", example: "unsupported_token_type"),
        .oauthError(.unauthorized, "Client authentication failed", example: "invalid_client"),
        .oauthError(
          .serviceUnavailable, "Not revoked: not ready or overloaded; try again",
          example: "temporarily_unavailable"),
      ], cors: .any, clientMethods: methods.map(\.rawValue), operation: "revoke")
  }

  /// Answers when the revocation is durable and every loop goes by it.
  public func respond(to request: Request, through responder: Responder) {
    let exchange = ClientExchange(request, responder, explainedAt: authentication.pages)
    authentication.identify(request, exchange) { client, form, context throws(OAuthError) in
      let token = try form.required("token")
      tokens.verify(token, context, exchange) { verdict throws(OAuthError) in
        try revoke(verdict, of: client, exchange)
      }
    }
  }

  private func revoke(
    _ verdict: PresentedTokens.Verdict, of client: AuthenticatedClient, _ exchange: ClientExchange
  ) throws(OAuthError) {
    let named = LogField("client", client.client.id)
    let token: VerifiedToken
    switch verdict {
    case .good(let good): token = good
    case .refused(.type(let type)):
      throw OAuthError(
        .unsupported_token_type, "Tokens of this type cannot be revoked here.",
        reason: .tokenNotRevocable, detail: "typ is \(type ?? "absent")")
    case .refused(.notYetValid):
      // It will be good: to say that it is revoked would be a lie.
      throw OAuthError(
        .temporarily_unavailable, "The token is not valid yet; revoke it when it is.",
        reason: .tokenNotYetValid, detail: "iat or nbf lies in the future: look at the clock")
    case .refused(.decryptionKeyUnknown(let keyID)):
      throw OAuthError(
        .unsupported_token_type, "Only the token's resource can open it; revoke what is inside.",
        reason: .tokenDecryptionKeyUnknown, detail: "kid is \(keyID ?? "absent")")
    case .refused(let refusal):
      // "The authorization server responds with HTTP status code 200 if the token has been revoked
      // successfully or if the client submitted an invalid token."
      exchange.answer(.revoked, noting: [named, LogField("detail", refusal)])
      return
    }
    guard token.client == client.client.id else {
      throw OAuthError(
        .invalid_grant, "The token was not issued to this client.",
        reason: .tokenOfAnotherClient,
        detail: "token of client \"\(token.client?.text ?? "")\", "
          + "presented by \"\(client.client.id)\"")
    }
    let id = LogField("jti", token.id ?? "")
    revocations.revoke(token, by: "client \"\(client.client.id)\"") { result in
      switch result {
      case .success: exchange.answer(.revoked, noting: [LogField(audit: .tokenRevoked), named, id])
      case .failure(let error): exchange.refuse(.storage(error), client: client.client.id)
      }
    }
  }
}

extension Response {
  /// "The content of the response body is ignored by the client" (RFC 7009 2.2).
  fileprivate static var revoked: Response {
    Response(status: .ok, fields: Fields([.cacheControl: "no-store"]))
  }
}
