internal import JSON
internal import OAuth

/// Paths that belong to the gateway itself on a listener that serves the authorization server.
enum ReservedPaths {
  /// Under the issuer's path.
  private static let ofIssuer = ["/oauth2/", "/oidc/", "/ui/errors/"]
  /// Under the root of every host.
  private static let ofHost = ["/.well-known/", "/health/", "/.sallyport/", "/ui/swagger/"]

  /// Reports a route whose path lies among them; known only when everything is read.
  static func report(_ path: String, at position: SourcePosition, _ reading: inout Reading) {
    reading.later { reading in
      guard let reserved = reserved(path, reading.facts) else { return }
      reading.fault(
        position, "lies under the reserved path \(reserved)", "choose another path")
    }
  }

  private static func reserved(_ path: String, _ facts: Facts) -> String? {
    var prefixes = ["/health/", "/.sallyport/", "/.well-known/oauth-protected-resource/"]
    if facts.services.contains(.authorizationServer) {
      let issuerPath = facts.issuer?.path ?? ""
      prefixes = ofHost + ofIssuer.map { issuerPath + $0 }
    }
    if facts.services.contains(.documentation) { prefixes.append("/ui/swagger/") }
    return prefixes.first { path.hasPrefix($0) || path + "/" == $0 }
  }
}
