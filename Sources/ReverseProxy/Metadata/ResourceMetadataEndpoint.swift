public import HTTP
public import HTTPServer

/// Protected resource metadata (RFC 9728) at one path, for each host that has such a resource.
public struct ResourceMetadataEndpoint: Endpoint {
  /// Scheme and host where it is reached: the first resource's, if there are several.
  public let origin: String
  private let path: String
  private let documents: [(authority: String, document: CachedDocument)]

  private init(path: String, _ resources: [ProtectedResource]) {
    self.path = path
    origin = resources.first?.origin ?? "/"
    documents = resources.map { ($0.authority, $0.document) }
  }

  /// The endpoints of some resources, in the order of their paths.
  public static func endpoints(for resources: [ProtectedResource]) -> [ResourceMetadataEndpoint] {
    Set(resources.flatMap(\.paths)).sorted().map { path in
      ResourceMetadataEndpoint(path: path, resources.filter { $0.paths.contains(path) })
    }
  }

  /// What the endpoint gives.
  public var description: EndpointDescription {
    EndpointDescription(
      methods: [.get], path: path,
      summary: "What a protected resource asks of a token (RFC 9728)",
      responses: [
        ResponseDescription(
          .ok, "The metadata", schema: ProtectedResource.schema, fields: [.cacheControl, .etag]),
        .notModified,
        .problem(.notFound, "No resource of the request's host has this path"),
      ], cors: .any)
  }

  /// Answers at once.
  ///
  /// `Host` only chooses among what the config names; what is said never comes from it.
  public func respond(to request: Request, through responder: Responder) {
    let host = request.fields[.host]?.lowercased()
    let chosen =
      documents.count == 1 ? documents.first : documents.first { $0.authority == host }
    guard let chosen else {
      responder.send(.problem(.notFound))
      return
    }
    responder.send(chosen.document.response(to: request))
  }
}
