internal import HTTP

extension RouteTable {
  /// The route of a request, or why there is none.
  func route(
    of head: borrowing RequestHead, in bytes: Span<UInt8>
  ) throws(Denial) -> Route {
    switch match(head, in: bytes) {
    case .route(let route): return route
    case .notFound: throw .noRoute
    case .methodNotAllowed(let allowed): throw .method(allowed: allowed)
    }
  }
}
