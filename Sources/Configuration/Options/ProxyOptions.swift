internal import JSON

/// Trusted issuers, upstreams and routes.
public struct ProxyOptions: Sendable {
  /// Issuers whose tokens are taken besides our own.
  public let issuers: [TrustedIssuerOptions]
  /// The upstreams by name.
  public let upstreams: [String: UpstreamOptions]
  /// The routes in the order of the file.
  public let routes: [RouteOptions]
}

extension ProxyOptions {
  static let codec: Codec<ProxyOptions> = Codec.section(
    Section(
      "The token-validating reverse proxy.",
      Field(
        "issuers", .list(of: TrustedIssuerOptions.codec, count: 0...64), default: [],
        "Issuers whose tokens are taken besides our own."),
      Field(
        "upstreams",
        .map(of: .name("app").defining(.upstream), to: UpstreamOptions.codec).example(["app": [:]]),
        default: [:], shown: true, "The upstreams, each under a name of its own."),
      Field(
        "routes", .list(of: RouteOptions.codec, count: 0...10_000), default: [], shown: true,
        "The routes. Of those that a request fits, one that names a host goes before one that "
          + "does not, then the longest path."),
      build: { issuers, upstreams, routes in
        ProxyOptions(
          issuers: issuers,
          upstreams: Dictionary(upstreams.map { ($0.key, $0.value) }) { first, _ in first },
          routes: routes)
      })
  ).checked { proxy, node, reading in
    RouteClashes.report(proxy.routes, node.member("routes")?.elements ?? [], &reading)
  }
}
