internal import Diagnostics
internal import HTTPServer
internal import OAuth
internal import Ports
internal import Tokens

/// The steps of a token request, in the order of its life.
extension TokenEndpoint {
  func grant(
    _ type: GrantType, for client: AuthenticatedClient
  ) throws(OAuthError) -> any Grant {
    guard let entry = parts.grants[type] else {
      throw OAuthError(
        .unsupported_grant_type, "This grant_type is not offered here.", reason: .grantUnknown,
        detail: "grant_type \"\(type)\"; loaded: \(parts.grants.grantTypes)")
    }
    guard client.client.grantTypes.contains(type) else {
      throw OAuthError(
        .unauthorized_client, "This client may not use this grant_type.",
        reason: .grantNotRegistered,
        detail: "client \"\(client.client.id)\" may use: \(client.client.grantTypes)")
    }
    return entry.grant
  }

  func tokenRequest(
    _ form: TokenForm, _ grant: any Grant, _ client: AuthenticatedClient
  ) throws(OAuthError) -> TokenRequest {
    TokenRequest(
      client: client.client.id, isConfidential: client.client.isConfidential,
      authentication: client.method, allowedScopes: client.client.scopes, scopes: form.scopes,
      resources: form.resources, parameters: try form.declared(by: grant.declaration))
  }

  func decide(
    _ request: TokenRequest, _ grant: any Grant, _ context: CallContext
  ) throws(OAuthError) -> GrantDecision {
    do throws(GrantFailure) {
      return try grant.decide(request, context)
    } catch {
      switch error {
      case .denied(let refusal): throw refusal
      case .broken(let reason, let detail):
        throw OAuthError(
          .server_error, "The grant gave an unusable answer.", reason: reason, detail: detail)
      case .unhealthy(let detail):
        throw OAuthError(
          .temporarily_unavailable, "The grant does not answer; try again later.",
          reason: .pluginUnhealthy, detail: detail)
      }
    }
  }

  func prepare(
    _ authorization: Authorization, _ context: CallContext
  ) throws(OAuthError) -> PreparedTokens {
    do {
      return try parts.issuer.prepare(authorization, at: context.now)
    } catch {
      throw .unreadableKeys(error)
    }
  }

  /// One commit, then the answer; tokens that need no record need no commit.
  func commit(
    _ tokens: PreparedTokens, _ context: CallContext,
    _ answer: @escaping @Sendable (Result<Void, StorageError>) -> Void
  ) {
    guard !tokens.changes.isEmpty else {
      answer(.success(()))
      return
    }
    parts.store.apply(tokens.changes, context) { answer($0.map { _ in }) }
  }
}

extension ClientExchange {
  func succeed(_ response: TokenResponse, _ authorization: Authorization) {
    answer(
      response.message,
      noting: [
        LogField(audit: .tokenIssued),
        LogField("client", authorization.client), LogField("subject", authorization.subject),
        LogField("scope", authorization.scopes), LogField("jti", response.tokens.tokenID),
      ])
  }
}

extension OAuthError {
  /// A pool is full.
  static var overloaded: OAuthError {
    OAuthError(
      .temporarily_unavailable, "Too many requests are waiting; try again.",
      reason: .serverOverloaded)
  }

  /// No key is ready, or the ring could not be read.
  static func unreadableKeys(_ error: KeyRingError) -> OAuthError {
    OAuthError(
      .temporarily_unavailable, "No key is ready; try again later.", reason: .keyUnavailable,
      detail: "\(error)")
  }

  /// Storage failed a request.
  static func storage(_ error: StorageError) -> OAuthError {
    if case .conflict = error {
      return OAuthError(
        .invalid_grant, "The grant was used by another request.", reason: error.code,
        detail: "\(error)")
    }
    return OAuthError(
      .temporarily_unavailable, "Storage does not answer; try again.",
      reason: error.code, detail: "\(error)")
  }
}
