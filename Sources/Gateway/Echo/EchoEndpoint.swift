internal import Cryptography
public import HTTP
public import HTTPServer
internal import JSON

/// A small upstream that answers with what it received: for the demo, for tests, for trying routes.
public struct EchoEndpoint: Endpoint {
  /// An endpoint for any path.
  public init() {}

  /// What the endpoint takes and gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get, .post, .put, .patch, .delete, .options], path: "/",
      summary: "Answers with the request it received",
      responses: [ResponseDescription(.ok, "The request as JSON", schema: .any)])
  }

  /// Answers at once.
  public func respond(to request: Request, through responder: Responder) {
    let fields = request.fields.all.map { field in
      JSONValue.array([.string(field.name.rawValue), .string(field.value.text)])
    }
    var echo = JSONObject([
      ("method", .string(request.method.rawValue)), ("path", .string(request.path)),
      ("query", request.query.map(JSONValue.string) ?? .null), ("headers", .array(fields)),
    ])
    if let text = String(validating: request.body, as: UTF8.self) {
      echo["body"] = .string(text)
    } else {
      echo["body_base64"] = .string(Base64.standard.encode(request.body))
    }
    responder.send(
      Response(
        status: .ok,
        fields: Fields([.contentType: "application/json", .cacheControl: "no-store"]),
        body: JSONValue.object(echo).serialized()))
  }
}
