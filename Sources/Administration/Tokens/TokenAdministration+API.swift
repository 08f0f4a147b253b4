internal import Diagnostics
internal import HTTP
public import HTTPServer
internal import JSON
internal import OAuth
internal import Tokens

extension TokenAdministration {
  /// The admin endpoints on tokens.
  public func endpoints(
    allowedUsers: Set<UInt32>, offload: @escaping AdminEndpoint.Offload
  ) -> [any Endpoint] {
    [
      AdminEndpoint(
        .post, AdminPath.tokenInspect, "What a token is, and why it is or is not good",
        parameters: [Self.token(required: true)], result: Self.inspection,
        allowedUsers: allowedUsers, offload: offload
      ) { parameters throws(AdminFault) in try inspect(parameters) },
      AdminEndpoint(
        .post, AdminPath.tokenRevoke, "Revoke a token, or all of a grant, client or subject",
        parameters: [
          Self.token(required: false), Self.grant, Self.client, Self.subject,
        ], result: Self.revoked, audit: .tokenRevoked, allowedUsers: allowedUsers,
        offload: offload
      ) { parameters throws(AdminFault) in try revoke(parameters) },
      AdminEndpoint(
        .post, AdminPath.tokenList, "The stored tokens of a client or a subject",
        parameters: [Self.client, Self.subject, Self.limit], result: Self.list,
        allowedUsers: allowedUsers, offload: offload
      ) { parameters throws(AdminFault) in try list(parameters) },
    ]
  }

  private static func token(required: Bool) -> ParameterDescription {
    ParameterDescription(
      "token", in: .json, required: required, secret: true, description: "The token",
      example: required ? "eyJhbGciOiJFUzI1NiJ9.…" : nil)
  }

  private static let grant = ParameterDescription(
    "grant", in: .json, description: "A grant's `gid`")
  private static let client = ParameterDescription(
    "client", in: .json, description: "A client's identifier", example: "my-client")
  private static let subject = ParameterDescription(
    "subject", in: .json, description: "A subject")
  private static let limit = ParameterDescription(
    "limit", in: .json, description: "How many tokens at most",
    schema: .integer(from: 1), example: 1000)

  private static let inspection = JSONSchema.object(
    "What is to be said of a token",
    [
      .required("format", .choice(["jws", "jwe", "uuid", "unknown"])),
      .required("active", .boolean("Whether it is good now")),
      .optional("header", .any("Its header")), .optional("claims", .any("What it says")),
      .optional("reason", .string("Why it is not good")),
      .optional("detail", .string("The same in words")),
      .optional("revocation", .any("The entry by which it is revoked")),
    ]
  ).named("TokenInspection")

  private static let revoked = JSONSchema.object(
    "What was revoked",
    [.required("id", .string("Its kind and name")), .required("revoked", .boolean())])

  private static let list = JSONSchema.object(
    "Stored tokens",
    [
      .required("tokens", .array(of: .any("What is kept of a token: never the token"))),
      .required("all", .boolean("Whether these are all")),
    ])
}

extension TokenInspection {
  /// What is shown: never the token itself.
  var summary: JSONValue {
    var object = JSONObject([
      ("format", .string(format)), ("active", .bool(token != nil)),
    ])
    if let header { object["header"] = .object(header) }
    if let claims { object["claims"] = .object(claims) }
    if let refusal {
      object["reason"] = .string(refusal.code.rawValue)
      object["detail"] = .string("\(refusal)")
      if case .revoked(let entry) = refusal { object["revocation"] = entry.summary }
    }
    return .object(object)
  }
}

extension Revocation {
  fileprivate var summary: JSONValue {
    .object(
      JSONObject([
        ("axis", .string(axis.rawValue)), ("value", .string(value)),
        ("recorded", .string(recorded.text)), ("until", .string(until.text)),
        ("by", .string(origin)),
      ]))
  }
}

extension VerifiedToken {
  /// What is listed of a stored token.
  var summary: JSONValue {
    var object = JSONObject()
    object["id"] = id.map(JSONValue.string)
    object["grant"] = grantID.map(JSONValue.string)
    object["client"] = (client?.text).map(JSONValue.string)
    object["subject"] = (subject?.text).map(JSONValue.string)
    object["scope"] = .string(scopes.description)
    object["audience"] = .array(audiences.map { .string($0.text) })
    object["issued"] = (issuedAt?.text).map(JSONValue.string)
    object["expires"] = .string(expiry.text)
    return .object(object)
  }
}
