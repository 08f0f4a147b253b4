internal import JSON

/// Clients that may ask about other clients' tokens, and so must prove who they are.
enum Introspectors {
  /// Reports each that the file knows as public; those that live in storage are not known here.
  static func report(
    _ resources: [ResourceOptions], _ clients: [ClientOptions], _ nodes: [JSON5Node],
    _ reading: inout Reading
  ) {
    let open = Set(clients.filter { $0.secret == nil }.map(\.id))
    for (index, resource) in resources.enumerated() {
      for client in resource.introspectors.filter(open.contains) {
        guard nodes.indices.contains(index) else { continue }
        reading.within(".resources[\(index)].introspectors") { inside in
          inside.fault(
            nodes[index].place("introspectors"),
            "names the client \"\(client)\", which is public and could be anybody",
            "give the client a secret, or take it out of introspectors")
        }
      }
    }
  }
}
