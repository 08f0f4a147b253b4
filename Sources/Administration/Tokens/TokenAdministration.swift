public import Diagnostics
internal import JSON
internal import OAuth
internal import Ports
public import Tokens

/// What may be asked about tokens and done to them.
public struct TokenAdministration: Sendable {
  private let inspector: TokenInspector
  private let revocations: Revocations
  private let clock: Clock

  /// Administration of the tokens that an inspector sees.
  public init(inspector: TokenInspector, revocations: Revocations, clock: Clock) {
    self.inspector = inspector
    self.revocations = revocations
    self.clock = clock
  }

  /// How many tokens are listed unless somebody says otherwise.
  static let listed: Int64 = 1000

  /// What is to be said of a token.
  func inspect(_ parameters: JSONObject) throws(AdminFault) -> JSONValue {
    try inspection(of: parameters.required("token")).summary
  }

  /// Revokes a token, or all of a grant, client or subject; says what was revoked.
  func revoke(_ parameters: JSONObject) throws(AdminFault) -> JSONValue {
    let (targets, changes, what) = try targets(parameters)
    do throws(StorageError) {
      try revocations.revokeAndWait(targets, with: changes, by: "an administrator")
    } catch {
      throw .unavailable("Nothing is revoked: \(error)")
    }
    return .object(JSONObject([("id", .string(what)), ("revoked", .bool(true))]))
  }

  /// The good tokens in storage of a client or a subject.
  func list(_ parameters: JSONObject) throws(AdminFault) -> JSONValue {
    let (axis, value) = try owner(parameters)
    let limit = parameters["limit"]?.integer ?? Self.listed
    guard (1...100_000).contains(limit) else {
      throw .malformed("\"limit\" must be from 1 to 100000.")
    }
    do throws(StorageError) {
      let (tokens, isAll) = try inspector.stored(axis, value, limit: Int(limit), context())
      return .object(
        JSONObject([("tokens", .array(tokens.map(\.summary))), ("all", .bool(isAll))]))
    } catch {
      throw .unavailable("\(error)")
    }
  }

  private func owner(_ parameters: JSONObject) throws(AdminFault) -> (RevocationAxis, String) {
    let client = try parameters.optional("client")
    let subject = try parameters.optional("subject")
    switch (client, subject) {
    case (let client?, nil): return (.client, client)
    case (nil, let subject?): return (.subject, subject)
    default: throw .malformed("Name either a client or a subject.")
    }
  }

  private func targets(
    _ parameters: JSONObject
  ) throws(AdminFault) -> ([RevocationTarget], [Change], String) {
    let named = ["token", "grant", "client", "subject"].filter { parameters[$0] != nil }
    guard named.count == 1 else {
      throw .malformed("Name one of: token, grant, client, subject.")
    }
    let text = try parameters.required(named[0])
    switch named[0] {
    case "client":
      return ([.client(try parameters.clientID("client"))], [], "client \(text)")
    case "subject":
      guard let subject = Subject(text) else { throw .malformed("\"subject\" is none.") }
      return ([.subject(subject)], [], "subject \(text)")
    case "grant":
      guard (1...256).contains(text.utf8.count) else { throw .malformed("\"grant\" is none.") }
      return ([.grant(text)], [], "grant \(text)")
    default:
      return try target(inspection(of: text))
    }
  }

  private func target(
    _ inspection: TokenInspection
  ) throws(AdminFault) -> ([RevocationTarget], [Change], String) {
    guard let token = inspection.token, token.isOwn, let id = token.id else {
      let why = inspection.refusal.map { "\($0.code.rawValue): \($0)" } ?? "it is not ours"
      throw .missing("There is no such token to revoke: \(why).")
    }
    let record = token.record.map { [Change($0, .delete, expecting: .any)] } ?? []
    return ([.token(id, until: token.expiry)], record, "token \(id)")
  }

  private func inspection(of text: String) throws(AdminFault) -> TokenInspection {
    do throws(StorageError) {
      return try inspector.inspect(Array(text.utf8), context())
    } catch {
      throw .unavailable("\(error)")
    }
  }

  private func context() -> CallContext {
    let now = clock.now()
    return CallContext(request: nil, now: now, deadline: now + .seconds(10))
  }
}
