internal import JSON
public import OAuth

/// The doors of administration.
public struct AdminOptions: Sendable {
  /// The path of the unix socket; absolute.
  public let socket: String
  /// The listener over TCP, if there is one.
  public let listener: AdminListenerOptions?
}

/// The door of administration over TCP.
public struct AdminListenerOptions: Sendable {
  /// Where it listens.
  public let address: ListenAddress
  /// Its certificate; only a loopback address goes without.
  public let tls: TLSOptions?
  /// The hosts that it answers to, in lower case without port.
  public let hosts: [String]
  /// The scope that a token must carry for all that is served there.
  public let scope: Scope
  /// A scope that is enough for metrics.
  public let metricsScope: Scope?
}

/// The doors as they stand, before the state folder is known.
struct AdminDraft: Sendable {
  let socket: String?
  let listener: AdminListenerOptions?
}

extension AdminOptions {
  /// The longest path that the kernel takes for a unix socket.
  static let longestSocketPath = 107

  static let codec: Codec<AdminDraft> = .section(
    Section(
      "The doors of administration: a unix socket that only our own user and root may use, and a "
        + "listener over TCP if there is one.",
      .optional(
        "socket", .path("state/admin.sock"),
        "Its path, at most \(longestSocketPath) bytes when absolute; else `admin.sock` in the "
          + "state folder."),
      .optional(
        "listener", AdminListenerOptions.codec,
        "Metrics, health, OpenAPI and the admin API over TCP, for holders of access tokens."),
      build: AdminDraft.init))
}

extension AdminListenerOptions {
  static let codec: Codec<AdminListenerOptions> = Codec.section(
    Section(
      "The admin listener over TCP; tokens are for the resource that the scope belongs to.",
      Field(
        "address", .listenAddress.example("127.0.0.1:9090"),
        "IP address and port; port 0 is any free one."),
      .optional(
        "tls", TLSOptions.codec, "The certificate; only a loopback address goes without."),
      Field(
        "hosts", .list(of: .routeHost.example("admin.internal"), count: 1...16),
        "The hosts that it answers to, without port; requests for others are 421."),
      Field(
        "scope", .scope.example("sallyport.admin").referring(to: .scope),
        default: "sallyport.admin", "The scope that a token must carry."),
      .optional(
        "metricsScope", .scope.example("sallyport.metrics").referring(to: .scope),
        "A scope of the same resource that is enough for `/metrics`, and for nothing else."),
      build: AdminListenerOptions.init)
  ).checked { listener, node, reading in
    if listener.tls == nil, !listener.address.isLoopback {
      reading.fault(
        node.position, "speaks plain HTTP on an address that others can reach",
        "add tls: { certificate: \"…\", key: \"…\" }, or listen on 127.0.0.1")
    }
    guard listener.address.port != 0 else { return }
    reading.define(listener.address.text, .address, at: node.place("address"))
  }
}

extension GatewayOptions {
  /// The resource that tokens for the admin listener must be for: the scope's.
  public var adminResource: ResourceOptions? {
    guard let scope = admin.listener?.scope else { return nil }
    return resources.first { $0.scopes.contains { $0.scope == scope } }
  }

  /// What the admin listener needs of other sections.
  func checkAdminListener(_ node: JSON5Node, _ reading: inout Reading) {
    guard let listener = admin.listener else { return }
    let place = node.member("admin")?.place("listener") ?? node.position
    if !serves(.authorizationServer) {
      reading.fault(
        place, "needs tokens of our own, and no listener serves the authorization server",
        "use admin.socket, or serve the authorization server")
    }
    if let metrics = listener.metricsScope, let resource = adminResource,
      !resource.scopes.contains(where: { $0.scope == metrics })
    {
      reading.fault(
        place, "has a metricsScope of another resource than \"\(resource.id)\"",
        "put both scopes into the same resource")
    }
  }
}
