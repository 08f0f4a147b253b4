internal import JSON

/// What the authorization server cannot do without.
enum AuthorizationServerNeeds {
  /// Reports what is missing where a listener serves it; known only when everything is read.
  static func report(_ root: JSON5Node, _ reading: inout Reading) {
    guard reading.facts.services.contains(.authorizationServer) else { return }
    let hasMaster = root.member("keys")?.member("master")?.elements.isEmpty == false
    let needs: [(isThere: Bool, what: String, remedy: String)] = [
      (root.member("issuer") != nil, "issuer", "add issuer: \"https://auth.example\""),
      (
        root.member("plugins")?.member("storage") != nil, "plugins.storage",
        "add storage: { load: \"storage-sqlite\" }"
      ),
      (
        hasMaster || reading.surroundings.isDemo, "keys.master",
        "add master: [{ file: \"master.key\" }], made by: openssl rand -hex 32 > master.key"
      ),
    ]
    for need in needs where !need.isThere {
      reading.fault(
        root.position, "lacks \"\(need.what)\", which the authorization server needs", need.remedy)
    }
  }
}
