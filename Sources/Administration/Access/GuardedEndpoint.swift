internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import OAuth
internal import Tokens

/// An admin endpoint behind a guard: without a good token its work never begins.
struct GuardedEndpoint: Endpoint {
  let description: EndpointDescription
  private let endpoint: any Endpoint
  private let guardian: TokenGuard
  private let scopes: [Scope]

  init(_ endpoint: any Endpoint, by guardian: TokenGuard, for scopes: [Scope]) {
    self.endpoint = endpoint
    self.guardian = guardian
    self.scopes = scopes
    description = endpoint.description.guarded
  }

  func respond(to request: Request, through responder: Responder) {
    guard let token = Self.token(of: request) else {
      responder.deny(guardian.missing)
      return
    }
    guardian.judge(token, for: scopes, request.id) { [endpoint, guardian] judgement in
      switch judgement {
      case .failure(let denial): responder.deny(denial)
      case .success(let token):
        endpoint.respond(
          to: request.from(guardian.peer),
          through: Responder { response, fields in
            responder.send(response, noting: token.logFields + fields)
          })
      }
    }
  }

  /// What the one Authorization field presents as a bearer token (RFC 6750 2.1).
  private static func token(of request: Request) -> String? {
    let fields = request.fields.all(.authorization)
    guard let field = fields.first, fields.count == 1,
      let space = field.firstIndex(of: " "), field[..<space].lowercased() == "bearer"
    else { return nil }
    let token = field[space...].drop { $0 == " " }
    return token.isEmpty ? nil : String(token)
  }
}

extension Responder {
  fileprivate func deny(_ denial: TokenDenial) {
    send(denial.response, noting: denial.logFields)
  }
}

extension Request {
  /// The same request, as if it came from another peer.
  fileprivate func from(_ peer: PeerAddress) -> Request {
    Request(
      id: id, method: method, path: path, query: query, fields: fields, body: body, peer: peer,
      isSecure: isSecure)
  }
}

extension VerifiedToken {
  /// Who acts, for the log.
  fileprivate var logFields: [LogField] {
    var fields: [LogField] = []
    if let client { fields.append(LogField("client", client.text)) }
    if let subject { fields.append(LogField("subject", subject.text)) }
    return fields
  }
}

extension EndpointDescription {
  /// The same endpoint behind a bearer token.
  fileprivate var guarded: EndpointDescription {
    let added = TokenDenial.answers.filter { answer in
      !responses.contains { $0.status == answer.status }
    }
    return EndpointDescription(
      methods: methods, path: path, summary: summary, parameters: parameters,
      authentication: .bearer, responses: responses + added, bodyLimit: bodyLimit, cors: cors,
      clientMethods: clientMethods, operation: operation)
  }
}
