public import HTTP

/// What is wrong with a list of routes; found at the start, never by a request.
public enum RouteFault: Error, Sendable, Equatable {
  /// Requests with this path are refused before any route is looked at.
  case unusablePath(route: String, path: String, MessageFault)
  /// Requests come with the canonical form of the path, so this one would match none.
  case pathNotCanonical(route: String, path: String, canonical: String)
  /// Not a host name or address without a port.
  case invalidHost(route: String, host: String)
  /// A method that no request is forwarded with.
  case methodNotForwarded(route: String, Method)
  /// Two routes take the same method of the same host and path.
  case ambiguous(route: String, other: String, Method?)
}

extension RouteFault: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unusablePath(let route, let path, let fault):
      "route \(route): path \"\(path)\" cannot be requested (\(fault.code)); use a plain path"
    case .pathNotCanonical(let route, let path, let canonical):
      "route \(route): path \"\(path)\" arrives as \"\(canonical)\"; write it so"
    case .invalidHost(let route, let host):
      "route \(route): \"\(host)\" is not a host name or address without a port"
    case .methodNotForwarded(let route, let method):
      "route \(route): \(method) is never forwarded; remove it"
    case .ambiguous(let route, let other, let method):
      "route \(route) and route \(other) both take \(method?.rawValue ?? "every method") of the "
        + "same host and path; only one may"
    }
  }
}
