internal import CSallyport

/// A token request, or a request to a grant's endpoint: an authenticated client and what it sent.
public struct GrantRequest: Sendable {
  /// The grant type, or the endpoint's name.
  public let name: String
  /// `GET` or `POST`.
  public let method: String
  /// The client; empty at an endpoint that does without.
  public let clientID: String
  /// How the client proved itself; `none` for a public one.
  public let clientAuthentication: String
  /// Whether the client holds credentials (RFC 6749 2.1).
  public let isConfidential: Bool
  /// The client's metadata as JSON text, by the names of RFC 7591, without secrets.
  public let clientMetadata: String
  /// Whose session it is, at an endpoint that asks for one; else empty.
  public let sessionSubject: String
  /// The declared parameters that are present, in order.
  public let parameters: [(name: String, value: String)]
  /// The scopes asked for; empty if the client named none.
  public let scopes: [String]
  /// The resources asked for (RFC 8707).
  public let resources: [String]
  /// The most that the client may get.
  public let allowedScopes: [String]
  /// The authorization details asked for (RFC 9396) as JSON text, or empty.
  public let authorizationDetails: String
  /// What is redeemed, if the grant declares an artefact.
  public let artefact: GrantArtefact?

  /// The first value of a declared parameter; nil if it is absent.
  public func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  init(_ request: sp_request) {
    name = request.name.string
    method = request.method.string
    clientID = request.client_id.string
    clientAuthentication = request.client_authentication.string
    isConfidential = request.flags & UInt32(SP_CLIENT_CONFIDENTIAL) != 0
    clientMetadata = request.client_metadata.string
    sessionSubject = request.session_subject.string
    parameters = elements(request.parameters, request.parameter_count, size: \.size)
      .map { ($0.name.string, $0.value.string) }
    scopes = request.scopes.strings
    resources = request.resources.strings
    allowedScopes = request.allowed_scopes.strings
    authorizationDetails = request.authorization_details.string
    artefact = request.artefact.map { GrantArtefact($0.pointee) }
  }
}

/// What the host has stored, fetched and found bound to this client.
public struct GrantArtefact: Sendable {
  /// `code`, `refresh`, `device`, or a plugin's own word.
  public let kind: String
  /// `approved`; a polled one may also be `pending` or `denied`.
  public let state: String
  /// Whose it is; empty if nobody has approved it yet.
  public let subject: String
  /// The scopes granted.
  public let scopes: [String]
  /// The resources granted.
  public let resources: [String]
  /// How the person signed in, as JSON text with `auth_time`, `acr`, `amr`.
  public let authentication: String
  /// The authorization details granted, as JSON text, or empty.
  public let authorizationDetails: String
  /// What its creator stored, as JSON text.
  public let data: String
  /// Unix milliseconds.
  public let created: Int64
  /// Unix milliseconds.
  public let expires: Int64

  init(_ artefact: sp_artefact) {
    kind = artefact.kind.string
    state = artefact.state.string
    subject = artefact.subject.string
    scopes = artefact.scopes.strings
    resources = artefact.resources.strings
    authentication = artefact.authentication.string
    authorizationDetails = artefact.authorization_details.string
    data = artefact.data.string
    created = artefact.created
    expires = artefact.expires
  }
}
