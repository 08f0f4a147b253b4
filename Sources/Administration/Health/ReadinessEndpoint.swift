internal import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON

/// `/health/ready`: whether every component is well, and what is wrong with one that is not.
public struct ReadinessEndpoint: Endpoint {
  /// How much is said of a fault.
  public enum Audience: Sendable {
    /// Whoever can reach a listener: a reason code, which names no file and no peer.
    case everybody
    /// The operator: what was found, too.
    case operators
  }

  private let readiness: Readiness
  private let audience: Audience

  /// An endpoint.
  public init(_ readiness: Readiness, for audience: Audience) {
    self.readiness = readiness
    self.audience = audience
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
          .serviceUnavailable, "Not ready, with the cause", schema: Self.schema,
          fields: [.cacheControl],
          example: [
            "status": "not ready", "components": ["storage": "not ready", "keys": "ready"],
            "causes": [
              [
                "component": "storage", "reason": .string(ReasonCode.storageBusy.rawValue),
                "title": "Storage is busy",
              ]
            ],
          ]),
      ], operation: "isReady")
  }

  private static let schema = JSONSchema.object(
    "Whether requests can be served",
    [
      .required("status", .choice(["ready", "not ready"])),
      .required(
        "components",
        .object("Each component by its name", [], others: .choice(["ready", "not ready"]))),
      .optional("causes", .array(of: cause)),
    ]
  ).named("Readiness")

  private static let cause = JSONSchema.object(
    "Why a component is not ready",
    [
      .required("component", .string("The component")),
      .required("reason", .string("The stable reason code")),
      .required("title", .string("What it means, in a few words")),
      .optional("detail", .string("What was found; on the admin socket only")),
    ])

  /// Answers at once, from what is known.
  public func respond(to request: Request, through responder: Responder) {
    let components = readiness.components
    let isReady = components.allSatisfy { $0.fault == nil }
    var body = JSONObject([
      ("status", .string(isReady ? "ready" : "not ready")),
      (
        "components",
        .object(
          JSONObject(
            components.map { ($0.name, .string($0.fault == nil ? "ready" : "not ready")) }))
      ),
    ])
    guard !isReady else {
      responder.send(.health(.ok, body))
      return
    }
    body["causes"] = .array(components.compactMap(cause))
    let faults = components.compactMap { component in
      component.fault.map { "\(component.name): \($0.detail)" }
    }
    responder.send(
      .health(.serviceUnavailable, body),
      noting: [
        LogField(reason: .healthNotReady), LogField("detail", faults.joined(separator: "; ")),
      ])
  }

  private func cause(_ component: Readiness.Component) -> JSONValue? {
    guard let fault = component.fault else { return nil }
    var object = JSONObject([
      ("component", .string(component.name)), ("reason", .string(fault.reason.rawValue)),
      ("title", .string(ReasonCatalogue.entry(of: fault.reason).title)),
    ])
    if audience == .operators { object["detail"] = .string(fault.detail) }
    return .object(object)
  }
}
