internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import OAuth

/// One request of a client on its way to its one answer.
struct ClientExchange: Sendable {
  let id: RequestID
  let responder: Responder
  private let pages: ErrorPages

  init(_ request: Request, _ responder: Responder, explainedAt pages: ErrorPages) {
    id = request.id
    self.responder = responder
    self.pages = pages
  }

  func answer(_ response: Response, noting fields: [LogField]) {
    responder.send(response, noting: fields)
  }

  func refuse(_ error: OAuthError, client: ClientID? = nil) {
    let named = client.map { [LogField("client", $0)] } ?? []
    responder.send(error.response(explainedAt: pages), noting: named + error.logFields)
  }
}
