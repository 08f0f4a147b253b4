internal import Diagnostics
internal import HTTP
internal import HTTPServer

/// An endpoint whose refusals are counted by the reason code that they are logged with.
struct CountedEndpoint: Endpoint {
  private let endpoint: any Endpoint
  private let refusals: CounterTable
  let description: EndpointDescription

  private static let refusals = MetricDefinition(
    .counter, "sallyport_oauth_refusals",
    "Requests that an endpoint of the authorization server refused, by reason code; `client.…` "
      + "are failed client authentications.", labels: ["endpoint", "reason"])

  private static let places = Dictionary(
    uniqueKeysWithValues: ReasonCode.allCases.enumerated().map { ($1, $0) })

  init(_ endpoint: any Endpoint, _ registry: MetricRegistry) {
    self.endpoint = endpoint
    description = endpoint.description
    refusals = registry.table(
      Self.refusals, [description.path], varying: ReasonCode.allCases.map(\.rawValue),
      sparse: true)
  }

  func respond(to request: Request, through responder: Responder) {
    endpoint.respond(
      to: request,
      through: Responder { [refusals] response, fields in
        if let place = Self.reason(in: fields) { refusals.add(place) }
        responder.send(response, noting: fields)
      })
  }

  private static func reason(in fields: [LogField]) -> Int? {
    for field in fields {
      if case .reason(let reason) = field.role { return places[reason] }
    }
    return nil
  }
}
