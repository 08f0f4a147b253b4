internal import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON

/// One thing that must work for the gateway to be ready.
public struct HealthCheck: Sendable {
  /// The component's name in the answer and the log.
  public let name: String
  /// Returns nil when all is well, else what is wrong.
  ///
  /// May block.
  public let fault: @Sendable () -> String?

  /// A check.
  public init(_ name: String, fault: @escaping @Sendable () -> String?) {
    self.name = name
    self.fault = fault
  }
}

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

/// `/health/ready`: every check passes, asked anew each time, off the loop.
public struct ReadinessEndpoint: Endpoint {
  private let checks: [HealthCheck]
  private let offload: AdminEndpoint.Offload

  /// An endpoint over checks.
  public init(checks: [HealthCheck], offload: @escaping AdminEndpoint.Offload) {
    self.checks = checks
    self.offload = offload
  }

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: "/health/ready",
      summary: "Whether storage answers, a key can sign and every plugin is well",
      responses: [
        ResponseDescription(
          .ok, "Ready", schema: Self.schema, fields: [.cacheControl],
          example: ["status": "ready", "components": ["storage": "ready", "keys": "ready"]]),
        ResponseDescription(
          .serviceUnavailable, "Not ready, with the component at fault", schema: Self.schema,
          fields: [.cacheControl],
          example: ["status": "not ready", "components": ["storage": "not ready"]]),
      ], operation: "isReady")
  }

  private static let schema = JSONSchema.object(
    "Whether requests can be served",
    [
      .required("status", .choice(["ready", "not ready", "overloaded"])),
      .optional(
        "components",
        .object("Each component by its name", [], others: .choice(["ready", "not ready"]))),
    ]
  ).named("Readiness")

  /// Answers from the pool; a full pool is itself not ready.
  public func respond(to request: Request, through responder: Responder) {
    let accepted = offload {
      var faults: [String] = []
      var components = JSONObject()
      for check in checks {
        let fault = check.fault()
        components[check.name] = .string(fault == nil ? "ready" : "not ready")
        if let fault { faults.append("\(check.name): \(fault)") }
      }
      let body = JSONObject([
        ("status", .string(faults.isEmpty ? "ready" : "not ready")),
        ("components", .object(components)),
      ])
      // The cause stands in the log: a stranger sees only which component it is.
      responder.send(
        .health(faults.isEmpty ? .ok : .serviceUnavailable, body),
        noting: faults.isEmpty
          ? []
          : [
            LogField(reason: .healthNotReady),
            LogField("detail", faults.joined(separator: "; ")),
          ])
    }
    if !accepted {
      responder.send(
        .health(.serviceUnavailable, JSONObject([("status", .string("overloaded"))])),
        noting: [LogField(reason: .serverOverloaded)])
    }
  }
}

extension Response {
  fileprivate static func health(_ status: Status, _ body: JSONObject) -> Response {
    Response(
      status: status,
      fields: Fields([.contentType: "application/json", .cacheControl: "no-store"]),
      body: JSONValue.object(body).serialized())
  }
}
