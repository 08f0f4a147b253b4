internal import HTTP
internal import JSON

/// Routes of which one would never be reached.
enum RouteClashes {
  /// What a route is for: no two routes may be for the same.
  private struct Key: Hashable {
    let host: String?
    let path: String
    let method: HTTP.Method?
  }

  /// Reports each route that an earlier one takes all or some of the requests of.
  static func report(_ routes: [RouteOptions], _ nodes: [JSON5Node], _ reading: inout Reading) {
    var taken: [Key: Int] = [:]
    for (index, route) in routes.enumerated() {
      let methods: [HTTP.Method?] = route.methods?.map(Optional.some) ?? [nil]
      let keys = methods.map { Key(host: route.host, path: route.path, method: $0) }
      if let first = keys.compactMap({ taken[$0] }).min() {
        let place = nodes.indices.contains(index) ? nodes[index].place("path") : route.position
        reading.within(".routes[\(index)]") { inside in
          inside.fault(
            place, "is for the same host, path and method as route \(first)",
            "join them, or divide their methods")
        }
      }
      for key in keys where taken[key] == nil { taken[key] = index }
    }
  }
}
