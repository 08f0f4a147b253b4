public import HTTP
public import HTTPServer

/// The page on every error that this server answers with; `error_uri` leads to its parts.
public struct ErrorPageEndpoint: Endpoint {
  private let base: String

  /// An endpoint below an issuer's path.
  public init(base: String) { self.base = base }

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: base + ErrorPages.path,
      summary: "What each error of this server means, for people",
      responses: [
        ResponseDescription(
          .ok, "The page", contentType: "text/html", fields: [.cacheControl])
      ], operation: "errorPage")
  }

  /// Answers at once: the page is the same for everybody.
  public func respond(to request: Request, through responder: Responder) {
    var fields = Fields([
      .contentType: "text/html; charset=utf-8", .cacheControl: "public, max-age=3600",
      .contentTypeOptions: "nosniff", .referrerPolicy: "no-referrer",
    ])
    if let policy = FieldValue(ErrorPage.policy) { fields.append(.contentSecurityPolicy, policy) }
    responder.send(Response(status: .ok, fields: fields, body: ErrorPage.body))
  }
}
