internal import Administration
internal import Configuration
internal import HTTP
internal import HTTPServer
internal import OAuth
internal import ReverseProxy

/// What an instance answers itself, piece by piece: each listener gets those that it serves.
struct Surface {
  /// The authorization server's endpoints.
  let server: [any Endpoint]
  /// The metadata of the resources behind the proxy.
  let door: [ResourceMetadataEndpoint]
  /// What every listener says of.
  let readiness: Readiness
  /// Where the authorization server's endpoints are reached.
  let origin: String
  /// Where what listeners refuse is explained.
  let problems: ProblemPages

  /// The router of a listener.
  func router(of listener: ListenerOptions) throws(Router.Fault) -> Router {
    let isServer = listener.services.contains(.authorizationServer)
    let isDoor = listener.services.contains(.proxy)
    let own =
      (isServer ? server : []) + (isDoor ? door : [])
      + Routes.health(readiness, for: .everybody)
    guard listener.services.contains(.documentation) else {
      return try Router(endpoints: own, problems: problems)
    }
    return try Router(
      endpoints: Documentation.documenting(
        own, others: elsewhere(server: !isServer, door: !isDoor)), problems: problems)
  }

  /// The router of an admin listener, which documents everything; `wrap` is for the documentation.
  func administration(
    _ own: [any Endpoint], health audience: ReadinessEndpoint.Audience = .operators,
    documentation wrap: (any Endpoint) -> any Endpoint = { $0 }
  ) throws(Router.Fault) -> Router {
    try Router(
      endpoints: Documentation.documenting(
        own + Routes.health(readiness, for: audience),
        others: elsewhere(server: true, door: true), wrap: wrap))
  }

  private func elsewhere(server isServer: Bool, door isDoor: Bool) -> [OpenAPIDocument.Part] {
    var parts: [OpenAPIDocument.Part] = []
    if isServer, !server.isEmpty {
      parts.append(OpenAPIDocument.Part(server: origin, endpoints: server.map(\.description)))
    }
    guard isDoor else { return parts }
    return parts
      + door.map { OpenAPIDocument.Part(server: $0.origin, endpoints: [$0.description]) }
  }
}
