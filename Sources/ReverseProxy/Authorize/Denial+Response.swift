public import HTTP

extension Denial {
  /// The answer to the client.
  public var response: Response {
    var fields = Fields([.cacheControl: "no-store"])
    if let challenge { fields.append(.wwwAuthenticate, challenge.fieldValue) }
    if let allow { fields.append(.allow, allow) }
    if status == .serviceUnavailable { fields.append(.retryAfter, "1") }
    fields.append(.contentType, "application/problem+json")
    let body =
      "{\"type\":\"about:blank\",\"title\":\"\(status.reason)\",\"status\":\(status.code)}\n"
    return Response(status: status, fields: fields, body: Array(body.utf8))
  }
}
