public import Diagnostics
public import HTTP
public import HTTPServer
internal import JSON

/// `/metrics`: every metric of the process, for Prometheus and what speaks its language.
///
/// It answers on the loop and asks nobody, so that a scrape succeeds when all else is stuck.
public struct MetricsEndpoint: Endpoint {
  private let registry: MetricRegistry
  private let allowedUsers: Set<UInt32>

  /// The path.
  public static let path = "/metrics"

  /// An endpoint over a registry, for processes of these users on the unix socket.
  public init(registry: MetricRegistry, allowedUsers: Set<UInt32>) {
    self.registry = registry
    self.allowedUsers = allowedUsers
  }

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: Self.path,
      summary: "Metrics as Prometheus text 0.0.4, or as OpenMetrics 1.0 if `Accept` prefers it",
      parameters: [
        ParameterDescription(
          "Accept", in: .header, description: "Which of the two formats is preferred",
          example: "application/openmetrics-text")
      ], authentication: .peer,
      responses: [
        ResponseDescription(
          .ok, "The metrics", contentType: "text/plain", schema: .string(),
          fields: [.cacheControl]),
        ResponseDescription(
          .ok, "The metrics as OpenMetrics", contentType: "application/openmetrics-text",
          schema: .string(), fields: [.cacheControl]),
        .problem(.forbidden, "The peer is another user", fields: [.cacheControl]),
      ], operation: "metrics")
  }

  /// Answers at once.
  public func respond(to request: Request, through responder: Responder) {
    do throws(AdminFault) {
      try AdminEndpoint.authorize(request.peer, allowedUsers)
    } catch {
      responder.send(error.response, noting: [LogField("detail", error.detail)])
      return
    }
    let format = MetricFormat(accept: request.fields[.accept])
    var fields = Fields([.cacheControl: "no-store"])
    fields.append(.contentType, FieldValue(format.contentType.description) ?? "text/plain")
    responder.send(Response(status: .ok, fields: fields, body: registry.text(format)))
  }
}
