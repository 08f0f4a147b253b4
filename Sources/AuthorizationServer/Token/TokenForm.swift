internal import Diagnostics
internal import HTTP
internal import OAuth
internal import Ports

/// The parameters of a token request (RFC 6749 3.2).
struct TokenForm {
  /// What the client says of itself.
  let client: ClientForm
  /// `grant_type`.
  let grantType: GrantType
  /// `scope`, parsed.
  let scopes: ScopeSet?
  /// Every `resource` (RFC 8707).
  let resources: [Audience]

  /// Reads the form of a request.
  init(_ request: Request) throws(OAuthError) {
    client = try ClientForm(request)
    var resources: [Audience] = []
    for parameter in client.others where parameter.name == "resource" {
      resources.append(try Self.audience(parameter.value))
    }
    self.resources = resources
    guard let grantType = GrantType(try client.required("grant_type")) else {
      throw OAuthError(
        .unsupported_grant_type, "The grant_type is not well-formed.", reason: .grantUnknown)
    }
    self.grantType = grantType
    scopes = try client.value("scope").map(Self.scopes)
  }

  /// What a grant declared of what the request carries; required ones must be there.
  func declared(by declaration: GrantDeclaration) throws(OAuthError)
    -> [(name: String, value: String)]
  {
    var found: [(name: String, value: String)] = []
    for parameter in declaration.parameters where !Self.core.contains(parameter.name) {
      let values = client.others.filter { $0.name == parameter.name }
      guard values.count <= 1 || parameter.allowsMultiple else {
        throw .malformed("The parameter \(parameter.name) occurs more than once.")
      }
      guard !values.isEmpty || !parameter.isRequired else {
        throw .malformed("The parameter \(parameter.name) is missing.")
      }
      found += values
    }
    return found
  }

  /// What the core reads itself.
  private static let core: Set<String> = ["grant_type", "scope", "resource"]

  private static func scopes(_ text: String) throws(OAuthError) -> ScopeSet {
    guard let scopes = ScopeSet(parsing: text) else {
      throw OAuthError(
        .invalid_scope, "The scope is not a list of scope tokens divided by single spaces.",
        reason: .scopeMalformed)
    }
    return scopes
  }

  private static func audience(_ text: String) throws(OAuthError) -> Audience {
    guard let audience = Audience(text) else {
      throw OAuthError(.invalid_target, "The resource is not a URI.", reason: .resourceMalformed)
    }
    return audience
  }
}
