public import HTTP
public import HTTPServer
internal import JSON

/// `/health/live`: the process answers.
public struct LivenessEndpoint: Endpoint {
  /// An endpoint.
  public init() {}

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: "/health/live", summary: "Whether the process answers",
      responses: [
        ResponseDescription(
          .ok, "It does", schema: .object([.required("status", .choice(["live"]))]),
          fields: [.cacheControl], example: ["status": "live"])
      ], operation: "isAlive")
  }

  /// Answers at once.
  public func respond(to request: Request, through responder: Responder) {
    responder.send(.health(.ok, JSONObject([("status", .string("live"))])))
  }
}

extension Response {
  /// What a health endpoint says.
  static func health(_ status: Status, _ body: JSONObject) -> Response {
    Response(
      status: status,
      fields: Fields([.contentType: "application/json", .cacheControl: "no-store"]),
      body: JSONValue.object(body).serialized())
  }
}
