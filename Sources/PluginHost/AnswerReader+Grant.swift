internal import CSallyport
internal import Diagnostics
internal import JSON
internal import OAuth
internal import Ports

extension AnswerReader {
  /// A grant's yes.
  static func decision(_ pointer: UnsafePointer<sp_decision>, for call: PluginCall) -> Answer {
    reading { reader throws(AnswerFault) in
      guard case .decision = call.kind else { throw .malformed("this call wants no decision") }
      return .decision(try reader.decision(pointer.pointee, call.host))
    }
  }

  /// A grant's no.
  static func denial(_ pointer: UnsafePointer<sp_denial>, for call: PluginCall) -> Answer {
    reading { reader throws(AnswerFault) in
      guard case .decision = call.kind else { throw .malformed("this call wants no denial") }
      return .denial(.denied(try reader.denial(pointer.pointee, call.host)))
    }
  }

  private mutating func decision(_ decision: sp_decision, _ host: HostTable) throws(AnswerFault)
    -> GrantDecision
  {
    try refuseWhatThePortsCannotCarry(decision)
    let claims = try object(decision.claims, "claims") ?? JSONObject()
    try refuse(ReservedName.claims, in: claims)
    let response = try object(decision.response, "response") ?? JSONObject()
    try refuse(ReservedName.responseMembers, in: response)
    let cap = decision.access_token_lifetime
    guard cap >= 0 else { throw .malformed("access_token_lifetime is \(cap)") }
    return GrantDecision(
      subject: try subject(decision, host), scopes: try scopes(decision.scopes),
      resources: try resources(decision.resources), claims: claims,
      lifetimeCap: cap > 0 ? Lifetime(milliseconds: cap) : nil, responseMembers: response)
  }

  /// Better no token than one without what the grant asked for.
  private mutating func refuseWhatThePortsCannotCarry(_ decision: sp_decision)
    throws(AnswerFault)
  {
    guard decision.mark_count == 0 else { throw .unsupported("replay marks") }
    guard decision.artefact == UInt32(SP_ARTEFACT_KEEP) else {
      throw .unsupported("spending an artefact")
    }
    guard try text(decision.actor, "actor").isEmpty else { throw .unsupported("an actor") }
    guard try text(decision.authentication, "authentication").isEmpty else {
      throw .unsupported("authentication facts")
    }
    guard try text(decision.authorization_details, "authorization_details").isEmpty else {
      throw .unsupported("authorization details")
    }
  }

  private mutating func subject(_ decision: sp_decision, _ host: HostTable) throws(AnswerFault)
    -> GrantDecision.Subject
  {
    switch Int(decision.subject_from) {
    case SP_SUBJECT_CLIENT: return .client
    case SP_SUBJECT_ASSERTED:
      guard host.grants(.assertSubject) else { throw .notGranted("assert_subject") }
      guard let subject = Subject(try text(decision.subject, "subject")) else {
        throw .malformed("subject is empty, too long or has control characters")
      }
      return .asserted(subject)
    case SP_SUBJECT_ARTEFACT: throw .unsupported("the subject of an artefact")
    case SP_SUBJECT_ASSERTION: throw .unsupported("the subject of an assertion")
    default: throw .malformed("subject_from is \(decision.subject_from)")
    }
  }

  private mutating func scopes(_ list: sp_texts) throws(AnswerFault) -> ScopeSet? {
    let names = try texts(list, "scopes")
    guard names.count <= ScopeSet.limit else { throw .tooLarge("scopes") }
    var scopes: [Scope] = []
    for name in names {
      guard let scope = Scope(name) else { throw .malformed("scopes has \"\(name)\"") }
      scopes.append(scope)
    }
    return scopes.isEmpty ? nil : ScopeSet(scopes)
  }

  private mutating func resources(_ list: sp_texts) throws(AnswerFault) -> [Audience] {
    var resources: [Audience] = []
    for name in try texts(list, "resources") {
      guard let resource = Audience(name) else { throw .malformed("resources has \"\(name)\"") }
      resources.append(resource)
    }
    return resources
  }

  private mutating func denial(_ denial: sp_denial, _ host: HostTable) throws(AnswerFault)
    -> OAuthError
  {
    let name = try text(denial.error, "error")
    guard let code = OAuthError.Code(rawValue: name) else {
      throw .malformed("error \"\(name)\" is no code of the token endpoint")
    }
    let description = try text(denial.description, "description")
    let detail = try text(denial.detail, "detail")
    guard try text(denial.response, "response").isEmpty else {
      throw .unsupported("further members of an error")
    }
    guard denial.artefact == UInt32(SP_ARTEFACT_KEEP) else {
      throw .unsupported("spending an artefact")
    }
    return OAuthError(
      code, description.isEmpty ? "the grant was denied" : description, reason: .grantDenied,
      detail: "\(host.plugin): \(detail.isEmpty ? description : detail)")
  }

  private func refuse(_ reserved: Set<String>, in object: JSONObject) throws(AnswerFault) {
    if let name = object.members.map(\.name).first(where: reserved.contains) {
      throw .reserved(name)
    }
  }
}

/// The names that a grant may not set.
enum ReservedName {
  /// Claims of an access token that the host sets itself (RFC 9068 2.2, RFC 7800, RFC 8693, RFC 9396).
  static let claims: Set<String> = [
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "azp", "scope", "gid", "sid",
    "cnf", "act", "may_act", "auth_time", "acr", "amr", "authorization_details", "active",
    "token_type",
  ]

  /// Members of a token response that the host sets itself (RFC 6749 5.1, 5.2).
  static let responseMembers: Set<String> = [
    "access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope",
    "authorization_details", "error", "error_description", "error_uri",
  ]
}
