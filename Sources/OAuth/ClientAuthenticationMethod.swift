/// How a client authenticates at the token endpoint (RFC 8414 2, RFC 7591 2).
public enum ClientAuthenticationMethod: String, Sendable, CaseIterable {
  /// A public client: it only names itself.
  case none
  /// HTTP Basic, both parts form-urlencoded first (RFC 6749 2.3.1).
  case client_secret_basic
  /// `client_id` and `client_secret` in the body.
  case client_secret_post

  /// The methods that an endpoint takes: all, or all but that of public clients.
  public static func offered(toPublic: Bool) -> [ClientAuthenticationMethod] {
    [.client_secret_basic, .client_secret_post] + (toPublic ? [.none] : [])
  }
}
