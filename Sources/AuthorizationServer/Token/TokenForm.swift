internal import Diagnostics
internal import HTTP
internal import OAuth
internal import Ports

/// The body of a token request, read once (RFC 6749 3.2): repeats refused, empty is absent.
struct TokenForm {
  /// `grant_type`.
  let grantType: GrantType
  /// `client_id`, if in the body.
  let clientID: String?
  /// `client_secret`, if in the body.
  let clientSecret: Secret<[UInt8]>?
  /// `scope`, parsed.
  let scopes: ScopeSet?
  /// Every `resource` (RFC 8707).
  let resources: [Audience]
  private let others: [(name: String, value: String)]

  /// Reads the form of a request.
  init(_ request: Request) throws(OAuthError) {
    guard request.query == nil || request.query == "" else {
      // RFC 6749 3.2 and 2.3.1: credentials and parameters never travel in the URI.
      throw .malformed("The token endpoint takes its parameters in the body, not in the query.")
    }
    var single: [String: String] = [:]
    var resources: [Audience] = []
    var others: [(name: String, value: String)] = []
    for parameter in try Self.parameters(of: request) {
      let (name, value) = (parameter.name, parameter.value)
      guard name != "resource" else {
        resources.append(try Self.audience(value))
        continue
      }
      others.append((name, value))
      if Self.core.contains(name), single.updateValue(value, forKey: name) != nil {
        throw .malformed("The parameter \(name) occurs more than once.")
      }
    }
    guard let text = single["grant_type"] else {
      throw .malformed("The parameter grant_type is missing.")
    }
    guard let grantType = GrantType(text) else {
      throw OAuthError(
        .unsupported_grant_type, "The grant_type is not well-formed.", reason: .grantUnknown)
    }
    self.grantType = grantType
    clientID = single["client_id"]
    clientSecret = single["client_secret"].map { Secret(Array($0.utf8)) }
    scopes = try single["scope"].map(Self.scopes)
    self.resources = resources
    self.others = others.filter { !Self.core.contains($0.name) }
  }

  /// What a grant declared of what the request carries; required ones must be there.
  func declared(by declaration: GrantDeclaration) throws(OAuthError)
    -> [(name: String, value: String)]
  {
    var found: [(name: String, value: String)] = []
    for parameter in declaration.parameters {
      let values = others.filter { $0.name == parameter.name }
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

  private static let core: Set<String> = ["grant_type", "client_id", "client_secret", "scope"]

  private static func parameters(of request: Request) throws(OAuthError)
    -> [FormParameters.Parameter]
  {
    let types = request.fields.all(.contentType)
    guard types.count == 1, let type = types.first, MediaType(type)?.isForm == true else {
      throw .malformed(
        "The Content-Type must be application/x-www-form-urlencoded.",
        reason: .requestContentType)
    }
    do throws(FormFault) {
      return try FormParameters(parsing: request.body).all
    } catch {
      throw OAuthError(
        .invalid_request, "The body is not a well-formed form.", reason: .requestForm,
        detail: "\(error)")
    }
  }

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
