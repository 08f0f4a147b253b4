internal import JSON
public import OAuth

/// Everything that a config file says, decoded, complete and immutable.
public struct GatewayOptions: Sendable {
  /// Our own issuer; there whenever a listener serves the authorization server.
  public let issuer: Issuer?
  /// The folder of what the instance keeps; absolute.
  public let state: String
  /// Where to listen, and what for.
  public let listeners: [ListenerOptions]
  /// The shared libraries to load.
  public let plugins: PluginsOptions
  /// Master keys, signing keys and their rotation.
  public let keys: KeysOptions
  /// How access tokens are made where neither client nor resource says otherwise.
  public let tokens: TokensOptions
  /// The protected resources and their scopes.
  public let resources: [ResourceOptions]
  /// The clients that the file names.
  public let clients: [ClientOptions]
  /// Trusted issuers, upstreams and routes.
  public let proxy: ProxyOptions
  /// What is logged, and how.
  public let log: LogOptions
  /// Where spans are sent, if anywhere.
  public let tracing: TracingOptions?
  /// Every bound on what a stranger can make us hold or wait for.
  public let limits: LimitsOptions
  /// The doors of administration.
  public let admin: AdminOptions
  /// Pages for people that the metadata lead to.
  public let metadata: MetadataOptions

  /// Whether any listener serves a service.
  public func serves(_ service: Service) -> Bool {
    listeners.contains { $0.services.contains(service) }
  }
}

extension GatewayOptions {
  /// The whole file: the contents page of the configuration.
  static let codec: Codec<GatewayOptions> = Codec.section(
    Section(
      "The whole file is one JSON5 object.",
      .optional(
        "issuer", .ownIssuer, shown: true,
        "The URL that our tokens carry as `iss` and that metadata starts from. Required where a "
          + "listener serves the authorization server."),
      Field(
        "state", .path("state"), default: "state",
        "The folder of what the instance keeps; it is made if it is missing."),
      Field(
        "allowLiteralSecrets", .bool, default: false,
        "Whether secrets may stand in this file instead of being referred to."),
      Field(
        "listeners", .list(of: ListenerOptions.codec, count: 1...16),
        "Where to listen, and what for."),
      Field("plugins", PluginsOptions.codec, default: [:], "The shared libraries to load."),
      Field("keys", KeysOptions.codec, default: [:], "Master keys and signing keys."),
      Field("tokens", TokensOptions.codec, default: [:], "How access tokens are made."),
      Field(
        "resources", .list(of: ResourceOptions.codec), default: [], shown: true,
        "The protected resources and their scopes; every scope belongs to exactly one."),
      Field(
        "clients", .list(of: ClientOptions.codec, count: 0...10_000), default: [], shown: true,
        "Clients that the file names; others live in storage only."),
      Field("proxy", ProxyOptions.codec, default: [:], "The token-validating reverse proxy."),
      Field("log", LogOptions.codec, default: [:], "What is logged, and how."),
      .optional(
        "tracing", TracingOptions.codec,
        "Where spans are sent; without it traces are only passed on."),
      Field(
        "limits", LimitsOptions.codec, default: [:],
        "Bounds on what a stranger can make the gateway hold or wait for."),
      Field("admin", AdminOptions.codec, default: [:], "The doors of administration."),
      Field(
        "metadata", MetadataOptions.codec, default: [:],
        "Pages for people that the authorization server's metadata name."),
      build: Draft.init)
  ).preceded { node, reading in
    reading.later { AuthorizationServerNeeds.report(node, &$0) }
  }.refined { draft, node, reading in
    let options = draft.options(reading.surroundings)
    options.check(node, &reading)
    return options
  }
}

/// The file as it stands, before what one section lends another.
private struct Draft: Sendable {
  let issuer: Issuer?
  let state: String
  let allowLiteralSecrets: Bool
  let listeners: [ListenerOptions]
  let plugins: PluginsOptions
  let keys: KeysOptions
  let tokens: TokensOptions
  let resources: [ResourceOptions]
  let clients: [ClientOptions]
  let proxy: ProxyOptions
  let log: LogOptions
  let tracing: TracingOptions?
  let limits: LimitsOptions
  let admin: AdminDraft
  let metadata: MetadataOptions
}

extension Draft {
  func options(_ surroundings: Surroundings) -> GatewayOptions {
    let state = surroundings.state ?? state
    return GatewayOptions(
      issuer: issuer, state: state, listeners: listeners, plugins: plugins,
      keys: surroundings.isDemo ? keys.withMasterKey(in: state) : keys, tokens: tokens,
      resources: resources, clients: clients, proxy: proxy, log: log, tracing: tracing,
      limits: limits,
      admin: AdminOptions(
        socket: admin.socket ?? state + "/admin.sock", listener: admin.listener),
      metadata: metadata)
  }
}

extension GatewayOptions {
  /// What one section needs of another.
  fileprivate func check(_ node: JSON5Node, _ reading: inout Reading) {
    Introspectors.report(
      resources, clients, node.member("resources")?.elements ?? [], &reading)
    if admin.socket.utf8.count > AdminOptions.longestSocketPath {
      reading.fault(
        node.member("admin")?.place("socket") ?? node.position,
        "has an admin socket whose path is over \(AdminOptions.longestSocketPath) bytes: "
          + admin.socket, "set admin.socket to a shorter path")
    }
    checkAdminListener(node, &reading)
  }
}
