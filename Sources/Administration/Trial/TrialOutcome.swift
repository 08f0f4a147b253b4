public import Diagnostics
internal import HTTPServer
internal import JSON

/// What would become of a request.
public struct TrialOutcome: Sendable {
  /// What its token says, if it has a good one.
  public struct Token: Sendable {
    let issuer: String
    let subject: String?
    let client: String?
    let audiences: [String]
    let scopes: String
    let expires: UnixTime

    /// What a token says.
    public init(
      issuer: String, subject: String?, client: String?, audiences: [String], scopes: String,
      expires: UnixTime
    ) {
      self.issuer = issuer
      self.subject = subject
      self.client = client
      self.audiences = audiences
      self.scopes = scopes
      self.expires = expires
    }
  }

  /// Why it would be refused.
  public struct Refusal: Sendable {
    let status: Int
    let reason: ReasonCode
    let detail: String

    /// A refusal.
    public init(status: Int, reason: ReasonCode, detail: String) {
      self.status = status
      self.reason = reason
      self.detail = detail
    }
  }

  private let route: String?
  private let rule: String?
  private let token: Token?
  private let refusal: Refusal?
  private let isAnonymous: Bool

  /// An outcome; `rule` is what the route asks for, nil if it lets everybody in.
  public init(route: String?, rule: String?, token: Token?, refusal: Refusal?) {
    self.route = route
    self.rule = rule
    self.token = token
    self.refusal = refusal
    isAnonymous = route != nil && rule == nil
  }

  var json: JSONValue {
    var object = JSONObject([("outcome", .string(refusal == nil ? "allowed" : "refused"))])
    if let route {
      object["route"] = .string(route)
      object["rule"] = .string(rule ?? "anonymous: no token is asked for")
    }
    if let token { object["token"] = token.json }
    if let refusal {
      object["status"] = .integer(Int64(refusal.status))
      object["detail"] = .string(refusal.detail)
      object["reason"] = ReasonCatalogue.entry(of: refusal.reason).json
    }
    let steps: [DecisionStep] = [.read, .match, .authenticate, .authorize]
    object["steps"] = .array(
      DecidedStep.all(of: steps, for: refusal?.reason, isAnonymous: isAnonymous).map(\.json))
    return .object(object)
  }

  /// The shape of it.
  static let schema = JSONSchema.object(
    "What would become of a request",
    [
      .required("outcome", .choice(["allowed", "refused"])),
      .optional("route", .string("The route that takes it")),
      .optional("rule", .string("What the route asks for")),
      .optional("token", Token.schema), .optional("status", .integer("The answer's", from: 400)),
      .optional("detail", .string("What was found")), .optional("reason", ReasonEntry.schema),
      .required("steps", .array(of: DecidedStep.schema)),
    ]
  ).named("Trial")
}

extension TrialOutcome.Token {
  fileprivate var json: JSONValue {
    var object = JSONObject([("issuer", .string(issuer))])
    if let subject { object["subject"] = .string(subject) }
    if let client { object["client"] = .string(client) }
    object["audiences"] = .array(audiences.map(JSONValue.string))
    object["scopes"] = .string(scopes)
    object["expires"] = .string(expires.text)
    return .object(object)
  }

  fileprivate static let schema = JSONSchema.object(
    "What a good token says",
    [
      .required("issuer", .string()), .optional("subject", .string()),
      .optional("client", .string()), .required("audiences", .array(of: .string())),
      .required("scopes", .string()), .required("expires", .string(format: "date-time")),
    ])
}
