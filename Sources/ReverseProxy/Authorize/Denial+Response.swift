public import HTTP
public import HTTPServer

extension Denial {
  /// The answer to the client; its type leads to a page on what the client may know.
  public func response(explainedAt pages: ProblemPages) -> Response {
    var response = Response.problem(status, shown, at: pages)
    response.fields.append(.cacheControl, "no-store")
    if let challenge { response.fields.append(.wwwAuthenticate, challenge.fieldValue) }
    if let allow { response.fields.append(.allow, allow) }
    if status == .serviceUnavailable { response.fields.append(.retryAfter, "1") }
    return response
  }
}
