internal import Cryptography
internal import Diagnostics
internal import HTTP
internal import OAuth

/// What a request shows to authenticate its client: exactly one method (RFC 6749 2.3).
struct PresentedCredentials {
  /// Who the client says it is.
  let client: ClientID
  /// The method it uses.
  let method: ClientAuthenticationMethod
  /// The secret it shows; nil for the method `none`.
  let secret: Secret<[UInt8]>?

  /// Reads the credentials from `Authorization` and the body, or refuses.
  init(_ request: Request, _ form: ClientForm) throws(OAuthError) {
    let authorization = request.fields.all(.authorization)
    guard authorization.count <= 1 else {
      throw .malformed("The request has more than one Authorization field.")
    }
    guard let header = authorization.first else {
      try self.init(body: form)
      return
    }
    guard form.clientSecret == nil else {
      throw .malformed("The request authenticates the client in two ways; use one.")
    }
    try self.init(basic: header)
    if let named = form.clientID, named != client.text {
      throw .malformed("The client_id in the body is not the authenticated client.")
    }
  }

  private init(body form: ClientForm) throws(OAuthError) {
    guard let text = form.clientID else {
      throw OAuthError(
        .invalid_client, "The request does not authenticate a client.",
        reason: .clientCredentialsMissing)
    }
    guard let client = ClientID(text) else { throw .unknownClient }
    self.client = client
    method = form.clientSecret == nil ? .none : .client_secret_post
    secret = form.clientSecret
  }

  /// `Basic base64(urlencoded-id ":" urlencoded-secret)`, RFC 6749 2.3.1.
  private init(basic header: String) throws(OAuthError) {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic" else {
      throw OAuthError(
        .invalid_client, "The Authorization field is not of the scheme Basic.",
        reason: .clientSchemeUnknown)
    }
    guard let pair = Base64.standard.decode(parts[1].trimmingSpaces),
      let colon = pair.firstIndex(of: UInt8(ascii: ":")),
      // What cannot be decoded is refused just below, with one answer for every fault.
      let id = try? FormText.decode(pair[..<colon]),
      let secret = try? FormText.decode(pair[(colon + 1)...])
    else {
      throw OAuthError(
        .invalid_client, "The Basic credentials are not well-formed.",
        reason: .clientBasicMalformed)
    }
    guard let client = ClientID(id) else { throw .unknownClient }
    self.client = client
    method = .client_secret_basic
    self.secret = Secret(Array(secret.utf8))
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    return text
  }
}

extension OAuthError {
  /// A request that breaks the rules of its endpoint.
  static func malformed(_ description: String, reason: ReasonCode = .requestMalformed) -> OAuthError
  {
    OAuthError(.invalid_request, description, reason: reason)
  }

  /// One answer for an unknown client and a wrong secret: a stranger learns nothing.
  static let clientRefused = "Client authentication failed."

  static var unknownClient: OAuthError {
    OAuthError(.invalid_client, clientRefused, reason: .clientUnknown)
  }
}
