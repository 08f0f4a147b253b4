import Foundation
import Harness

/// Requests that succeed, for the operations whose described example cannot.
struct OpenAPIGoodRequests {
  private let deployment: Deployment

  init(_ deployment: Deployment) { self.deployment = deployment }

  func onListener() throws -> [OpenAPIExchange] {
    let caller = try deployment.caller()
    let token = "/oauth2/v1/token"
    func post(
      _ path: String, _ what: String, _ form: [(String, String)],
      fields: [(String, String)] = []
    ) throws -> OpenAPIExchange {
      OpenAPIExchange("POST", path, what, try caller.post(path, form: form, fields: fields))
    }
    let own = Deployment.form().dropFirst()
    let mine = [("token", try deployment.token())] + own
    return [
      try post(token, "good", Deployment.form()),
      try post(token, "opaque", Deployment.form("app-uuid")),
      try post(token, "wrong secret", Deployment.form(secret: "x")),
      try post(token, "wrong scope", Deployment.form(scope: "no.such")),
      try post(token, "wrong grant", [("grant_type", "x")] + own),
      try post(token, "wrong resource", Deployment.form() + [("resource", "https://no.example")]),
      try post("/oauth2/v1/introspect", "active", mine),
      try post("/oauth2/v1/introspect", "unknown", [("token", "x")] + own),
      try post(
        "/oauth2/v1/introspect", "signed", mine,
        fields: [("Accept", "application/token-introspection+jwt")]),
      try post(
        "/oauth2/v1/revoke", "another's",
        [("token", try deployment.token("app-uuid"))] + own),
      try post("/oauth2/v1/revoke", "revoked", mine),
      try post("/oauth2/v1/introspect", "revoked", mine),
    ]
  }

  func onAdminSocket(_ caller: HTTPCaller) throws -> [OpenAPIExchange] {
    func post(_ path: String, _ what: String, _ object: [String: Any]) throws -> OpenAPIExchange {
      let body = try JSONSerialization.data(withJSONObject: object)
      let answer = try caller.send(
        "POST", "/admin/v1/" + path, fields: [("Content-Type", "application/json")],
        body: String(decoding: body, as: UTF8.self))
      return OpenAPIExchange("POST", "/admin/v1/" + path, what, answer)
    }
    let client: [String: Any] = ["id": "good"]
    let opaque = try deployment.token("app-uuid")
    let made = try deployment.caller().get("/api/x", token: opaque)
    return [
      try post(
        "clients", "new",
        ["id": "good", "grantTypes": ["client_credentials"], "scopes": ["api.read"]]),
      try post(
        "clients", "public", ["grantTypes": ["client_credentials"], "public": true]),
      try post(
        "clients", "there already",
        ["id": "good", "grantTypes": ["client_credentials"], "scopes": ["api.read"]]),
      try post("clients/show", "there", client),
      try post("clients/rotate-secret", "overlap", ["id": "good", "overlap": 60]),
      try post("clients/show", "two secrets", client),
      try post("clients/delete", "there", client),
      try post("clients/show", "gone", client),
      try post("explain", "a request", ["request": made["X-Request-Id"] ?? ""]),
      try post("tokens/inspect", "a JWS", ["token": try deployment.token()]),
      try post("tokens/inspect", "opaque", ["token": opaque]),
      try post("tokens/list", "a client's", ["client": "app-uuid"]),
      try post("tokens/revoke", "a token", ["token": opaque]),
      try post("tokens/inspect", "revoked", ["token": opaque]),
    ]
  }
}

extension OpenAPIExchange {
  /// Whether this is a good answer of an operation.
  func succeeded(at operation: Operation) -> Bool {
    method == operation.method && path == operation.path
      && (200..<300).contains(answer.status)
  }
}
