internal import Diagnostics
internal import HTTP
public import HTTPServer
internal import JOSE
internal import JSON
internal import OAuth
internal import Ports

extension ClientAdministration {
  /// The admin endpoints on clients.
  public func endpoints(
    allowedUsers: Set<UInt32>, offload: @escaping AdminEndpoint.Offload
  ) -> [any Endpoint] {
    func endpoint(
      _ method: Method, _ path: String, _ summary: String, _ parameters: [ParameterDescription],
      _ result: JSONSchema, audit: AuditEvent? = nil,
      _ work: @escaping AdminEndpoint.Operation
    ) -> any Endpoint {
      AdminEndpoint(
        method, path, summary, parameters: parameters, result: result, audit: audit,
        allowedUsers: allowedUsers, offload: offload, operation: work)
    }
    let id = ClientDescription.id
    return [
      endpoint(.get, AdminPath.clients, "All clients", [], .array(of: ClientDescription.client)) {
        _ throws(AdminFault) in .array(try all().map(\.summary))
      },
      endpoint(
        .post, AdminPath.clients, "Create a client", ClientDescription.creation,
        ClientDescription.issued, audit: .clientCreated
      ) { parameters throws(AdminFault) in try create(parameters).summary },
      endpoint(.post, AdminPath.clientShow, "One client", [id], ClientDescription.client) {
        parameters throws(AdminFault) in try client(parameters.clientID()).summary
      },
      endpoint(
        .post, AdminPath.clientRotate, "Give a client a new secret, with an overlap",
        [id, ClientDescription.overlap], ClientDescription.issued, audit: .clientSecretRotated
      ) { parameters throws(AdminFault) in
        let overlap = try parameters.seconds("overlap") ?? .seconds(0)
        return try rotateSecret(of: parameters.clientID(), overlap: overlap).summary
      },
      endpoint(
        .post, AdminPath.clientDelete, "Delete a client", [id], ClientDescription.deleted,
        audit: .clientDeleted
      ) { parameters throws(AdminFault) in
        let id = try parameters.clientID()
        try delete(id)
        return .object(JSONObject([("id", .string(id.text)), ("deleted", .bool(true))]))
      },
    ]
  }

  private func create(_ parameters: JSONObject) throws(AdminFault) -> Issued {
    try create(
      id: parameters["id"] == nil ? nil : parameters.clientID(),
      grantTypes: Self.grantTypes(parameters), scopes: Self.scopes(parameters),
      isPublic: parameters.flag("public"), tokens: Self.preferences(parameters))
  }

  private static func grantTypes(_ parameters: JSONObject) throws(AdminFault) -> Set<GrantType> {
    var types: Set<GrantType> = []
    for text in try parameters.list("grantTypes") {
      guard let type = GrantType(text) else {
        throw .malformed("\"\(text)\" is no grant type.")
      }
      types.insert(type)
    }
    guard !types.isEmpty else {
      throw .malformed("A client needs at least one grant type (\"grantTypes\").")
    }
    return types
  }

  private static func scopes(_ parameters: JSONObject) throws(AdminFault) -> ScopeSet {
    var scopes: [Scope] = []
    for text in try parameters.list("scopes") {
      guard let scope = Scope(text) else { throw .malformed("\"\(text)\" is no scope.") }
      scopes.append(scope)
    }
    return ScopeSet(scopes)
  }

  private static func preferences(_ parameters: JSONObject) throws(AdminFault) -> TokenPreferences {
    var preferences = TokenPreferences(lifetime: try parameters.seconds("lifetime"))
    // The bounds that the config holds its clients to.
    if let lifetime = preferences.lifetime, lifetime < .seconds(1) || lifetime > .seconds(86_400) {
      throw .malformed("A token lives for one second to one day (\"lifetime\", in seconds).")
    }
    if let name = try parameters.optional("format") {
      guard let format = TokenFormat(rawValue: name) else {
        throw .malformed("The format must be one of: \(TokenFormat.allCases.map(\.rawValue)).")
      }
      preferences.format = format
    }
    if let name = try parameters.optional("algorithm") {
      guard let algorithm = JWSAlgorithm(rawValue: name), algorithm.scheme != nil else {
        throw .malformed(
          "The algorithm must be one of: \(JWSAlgorithm.asymmetric.map(\.rawValue)).")
      }
      preferences.algorithm = algorithm
    }
    return preferences
  }
}

extension Client {
  /// What may be shown of a client: never a hash.
  fileprivate func members(source: String) -> JSONObject {
    JSONObject([
      ("id", .string(id.text)), ("source", .string(source)),
      ("grantTypes", .array(grantTypes.map(\.text).sorted().map(JSONValue.string))),
      ("scopes", .array(scopes.scopes.map { .string($0.text) })),
      (
        "authentication",
        .array(authenticationMethods.map(\.rawValue).sorted().map(JSONValue.string))
      ),
      (
        "secrets",
        .array(
          secrets.map { secret in
            var object = JSONObject([("created", .string(secret.created.text))])
            if let expiry = secret.expiry { object["expires"] = .string(expiry.text) }
            return .object(object)
          })
      ),
      ("tokens", .object(tokens.members)),
    ])
  }
}

extension TokenPreferences {
  /// What it wants of its access tokens, and nothing of what it leaves to the rule.
  fileprivate var members: JSONObject {
    var object = JSONObject()
    if let format { object["format"] = .string(format.rawValue) }
    if let algorithm { object["algorithm"] = .string(algorithm.rawValue) }
    if let lifetime { object["lifetime"] = .integer(lifetime.seconds) }
    return object
  }
}

extension ClientAdministration.Known {
  /// What may be shown of it.
  var summary: JSONValue { .object(client.members(source: isConfigured ? "config" : "storage")) }
}

extension ClientAdministration.Issued {
  /// The client, and its new secret in the clear: the one time that it is shown.
  var summary: JSONValue {
    var members = client.members(source: "storage")
    if let secret { members["secret"] = .string(secret.reveal()) }
    return .object(members)
  }
}

extension UnixTime {
  /// RFC 3339, for people.
  var text: String {
    var bytes: [UInt8] = []
    CalendarDate(self).appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
