internal import HTTP
internal import JSON

/// Routes of which one would never be reached.
enum RouteClashes {
  /// What routes compete for; a path with and without the slash at its end is the same.
  private struct Place: Hashable {
    let host: String?
    let path: String

    init(_ route: RouteOptions) {
      host = route.host
      path = route.path.hasSuffix("/") ? String(route.path.dropLast()) : route.path
    }
  }

  /// Reports each route that shares host, path and a method with an earlier one.
  static func report(_ routes: [RouteOptions], _ nodes: [JSON5Node], _ reading: inout Reading) {
    var taken: [Place: [Int]] = [:]
    for (index, route) in routes.enumerated() {
      let earlier = taken[Place(route)] ?? []
      if let first = earlier.first(where: { overlap(routes[$0].methods, route.methods) }) {
        let place = nodes.indices.contains(index) ? nodes[index].place("path") : route.position
        reading.within(".routes[\(index)]") { inside in
          inside.fault(
            place, "is for the same host, path and method as route \(first)",
            "join them, or divide their methods")
        }
      }
      taken[Place(route), default: []].append(index)
    }
  }

  /// Whether two lists of methods share one; no list is all of them.
  private static func overlap(_ one: [HTTP.Method]?, _ other: [HTTP.Method]?) -> Bool {
    guard let one, let other else { return true }
    return one.contains(where: other.contains)
  }
}
