public import HTTP

/// The routes, compiled for look-up: a request matches one or is refused.
///
/// The most specific wins: a route that names the request's host over one that names none, then the
/// longest path. Only then the method is looked at, so that a wider route cannot let in what a
/// narrower one keeps out: a known path with another method is 405, an unknown path 404. A path
/// whose place depends on whether parameters (`;x`) count has none.
public struct RouteTable: Sendable {
  private let places: [RoutePlace]
  /// The routes as they were given.
  let routes: [Route]

  /// A table over routes, of which no two may take the same request.
  public init(_ routes: [Route]) throws(RouteFault) {
    var places: [RoutePlace] = []
    for route in routes {
      if let index = places.firstIndex(where: { $0.isPlace(of: route) }) {
        try places[index].add(route)
      } else {
        places.append(RoutePlace(route))
      }
    }
    self.routes = routes
    self.places = places.sorted { $0.comesBefore($1) }
  }

  /// Finds the route of a request.
  public func match(_ head: borrowing RequestHead, in bytes: Span<UInt8>) -> RouteMatch {
    let host = head.host?.name
    let index = head.target.withPath(in: bytes) { path in
      let index = indexOfPlace(path, at: host, in: bytes)
      guard let stripped = PathParameters.stripped(from: path) else { return index }
      return indexOfPlace(stripped.span, at: host, in: bytes) == index ? index : nil
    }
    guard let index else { return .notFound }
    let place = places[index]
    guard let route = place.route(for: head, in: bytes) else {
      return .methodNotAllowed(place.allow)
    }
    return .route(route)
  }

  private func indexOfPlace(
    _ path: Span<UInt8>, at host: Slot?, in bytes: Span<UInt8>
  ) -> Int? {
    places.firstIndex { $0.isFor(host, in: bytes) && $0.covers(path) }
  }
}

/// What the table says of a request.
public enum RouteMatch: Sendable {
  /// This route.
  case route(Route)
  /// No route has the host and the path.
  case notFound
  /// The place exists, for the methods in the value.
  case methodNotAllowed(FieldValue)
}
