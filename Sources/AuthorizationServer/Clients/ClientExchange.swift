internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import OAuth

/// One request of a client on its way to its one answer.
struct ClientExchange: Sendable {
  let id: RequestID
  let responder: Responder

  init(_ request: Request, _ responder: Responder) {
    id = request.id
    self.responder = responder
  }

  func answer(_ response: Response, noting fields: [LogField]) {
    responder.send(response, noting: fields)
  }

  func refuse(_ error: OAuthError, client: ClientID? = nil) {
    let named = client.map { [LogField("client", $0)] } ?? []
    responder.send(error.response, noting: named + error.logFields)
  }
}
