internal import HTTP

/// All routes of one host and path, each for other methods.
struct RoutePlace: Sendable {
  private let host: [UInt8]?
  private let path: [UInt8]
  private var routes: [MethodRoute]
  /// The answer's Allow field when the method fits none of them.
  private(set) var allow: FieldValue

  init(_ route: Route) {
    host = route.host.map { Array($0.utf8) }
    path = Array(route.path.utf8)
    routes = [MethodRoute(route)]
    allow = Self.allow(routes)
  }

  func isPlace(of route: Route) -> Bool {
    path == Array(route.path.utf8) && host == route.host.map { Array($0.utf8) }
  }

  /// Adds a route for other methods than those that are here.
  mutating func add(_ route: Route) throws(RouteFault) {
    for other in routes.map(\.route) {
      let shared = route.methods.first { other.methods.contains($0) }
      guard shared == nil, !route.methods.isEmpty, !other.methods.isEmpty else {
        throw .ambiguous(route: route.name, other: other.name, shared)
      }
    }
    routes.append(MethodRoute(route))
    allow = Self.allow(routes)
  }

  /// Whether this place is looked at first: one with a host, then the longest path.
  func comesBefore(_ other: RoutePlace) -> Bool {
    guard (host == nil) == (other.host == nil) else { return host != nil }
    return path.count > other.path.count
  }

  func isFor(_ name: Slot?, in bytes: Span<UInt8>) -> Bool {
    guard let host else { return true }
    guard let name, Int(name.length) == host.count else { return false }
    for offset in host.indices {
      let byte = bytes[name.range.lowerBound + offset]
      guard (byte &- 0x41 < 26 ? byte | 0x20 : byte) == host[offset] else { return false }
    }
    return true
  }

  /// Whether a canonical path is this one or below it, on whole segments.
  func covers(_ target: Span<UInt8>) -> Bool {
    guard target.count >= path.count, target[0] == UInt8(ascii: "/"),
      target.count == path.count || target[path.count] == UInt8(ascii: "/")
    else { return false }
    for index in path.indices where target[index] != path[index] { return false }
    return true
  }

  /// The route that takes the request's method.
  func route(for head: borrowing RequestHead, in bytes: Span<UInt8>) -> Route? {
    for entry in routes where entry.takes(head, in: bytes) { return entry.route }
    return nil
  }

  private static func allow(_ routes: [MethodRoute]) -> FieldValue {
    let methods = routes.flatMap(\.route.methods).map(\.rawValue)
    // Methods are tokens: their list is a field value.
    return FieldValue(methods.joined(separator: ", ")) ?? ""
  }
}

/// A route and the methods that it takes, ready to compare.
private struct MethodRoute: Sendable {
  let route: Route
  private let known: UInt16
  private let others: [String]

  /// TRACE and CONNECT are never forwarded.
  private static let every: UInt16 =
    ~(1 << KnownMethod.trace.rawValue | 1 << KnownMethod.connect.rawValue)

  init(_ route: Route) {
    self.route = route
    var known = route.methods.isEmpty ? Self.every : 0
    var others: [String] = []
    for method in route.methods {
      let bytes = Array(method.rawValue.utf8)
      let kind = KnownMethod(bytes.span)
      if kind == .other { others.append(method.rawValue) } else { known |= 1 << kind.rawValue }
    }
    self.known = known
    self.others = others
  }

  func takes(_ head: borrowing RequestHead, in bytes: Span<UInt8>) -> Bool {
    guard known & (1 << head.knownMethod.rawValue) == 0 else { return true }
    guard head.knownMethod == .other, !others.isEmpty else { return false }
    return others.contains(head.method.text(in: bytes))
  }
}
