internal import Diagnostics
internal import HTTP
internal import JSON
internal import OAuth

extension OAuthError {
  /// The error response of RFC 6749 5.2.
  func response(explainedAt pages: ErrorPages) -> Response {
    let body = JSONValue.object(
      JSONObject([
        ("error", .string(code.rawValue)), ("error_description", .string(description)),
        ("error_uri", .string(pages.uri(of: code))),
      ]))
    var response = Response.json(body.serialized(), status: status)
    if status == .unauthorized {
      // RFC 9110 15.5.2: a 401 names the scheme to try.
      response.fields.append(.wwwAuthenticate, "Basic realm=\"sallyport\", charset=\"UTF-8\"")
    }
    if status == .serviceUnavailable { response.fields.append(.retryAfter, "1") }
    return response
  }

  /// What the log says of it.
  var logFields: [LogField] { [LogField(reason: reason), LogField("detail", detail)] }
}

extension Response {
  /// JSON that no cache may keep (RFC 6749 5.1).
  static func json(_ body: [UInt8], status: Status = .ok) -> Response {
    Response(
      status: status,
      fields: Fields([.contentType: "application/json", .cacheControl: "no-store"]), body: body)
  }
}
