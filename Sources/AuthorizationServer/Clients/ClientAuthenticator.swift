internal import Cryptography
internal import Diagnostics
internal import OAuth
internal import Ports

/// A client that has proved who it is, or a public one that named itself: only made here.
struct AuthenticatedClient {
  /// The client.
  let client: Client
  /// How it authenticated.
  let method: ClientAuthenticationMethod

  fileprivate init(_ client: Client, by method: ClientAuthenticationMethod) {
    self.client = client
    self.method = method
  }
}

/// Checks presented credentials against a client.
struct ClientAuthenticator {
  let hasher: ClientSecretHasher

  /// The authenticated client; nil for `client` means that nobody of that name exists.
  func authenticate(
    _ presented: PresentedCredentials, as client: Client?, at now: UnixTime
  ) throws(OAuthError) -> AuthenticatedClient {
    guard let client else {
      // The hash is paid for unknown clients too, so that timing tells nobody who exists.
      if let secret = presented.secret { _ = hasher.hashes(secret) }
      throw .unknownClient
    }
    guard client.authenticationMethods.contains(presented.method) else {
      throw OAuthError(
        .invalid_client, OAuthError.clientRefused, reason: .clientMethodNotAllowed,
        detail: "client \"\(client.id)\" may not use \(presented.method.rawValue)")
    }
    guard let secret = presented.secret else {
      guard !client.isConfidential else {
        throw OAuthError(
          .invalid_client, OAuthError.clientRefused, reason: .clientSecretMissing,
          detail: "client \"\(client.id)\" is confidential and showed no secret")
      }
      return AuthenticatedClient(client, by: presented.method)
    }
    try check(secret, of: client, at: now)
    return AuthenticatedClient(client, by: presented.method)
  }

  private func check(
    _ secret: Secret<[UInt8]>, of client: Client, at now: UnixTime
  ) throws(OAuthError) {
    let hashes = hasher.hashes(secret)
    var expired = false
    for kept in client.secrets where hashes.contains(where: { constantTimeEqual(kept.hash, $0) }) {
      if kept.isLive(at: now) { return }
      expired = true
    }
    throw OAuthError(
      .invalid_client, OAuthError.clientRefused,
      reason: expired ? .clientSecretExpired : .clientSecretWrong,
      detail: "client \"\(client.id)\" showed \(expired ? "an expired" : "a wrong") secret")
  }
}
