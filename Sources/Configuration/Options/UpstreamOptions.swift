public import Diagnostics
internal import JSON

/// Where requests are forwarded to.
public struct UpstreamOptions: Sendable {
  /// What answers.
  public enum Target: Sendable, Hashable {
    /// The built-in echo, which answers with what it received.
    case echo
    /// A server.
    case server(UpstreamAddress)
  }

  /// What answers.
  public let target: Target
  /// The authorities that an https upstream is verified by: a PEM file; `nil` for the system's.
  public let authorities: String?
  /// How long connecting may take, TLS included.
  public let connectTimeout: Lifetime
  /// How long the head of the response may take from the end of the request.
  public let responseTimeout: Lifetime
  /// How long it may be silent in the middle of a message.
  public let stallTimeout: Lifetime
  /// How long a connection is kept for the next request.
  public let idleTimeout: Lifetime
  /// How many connections each event loop has open at most.
  public let connections: Int
  /// How many of them are kept while nothing is to do.
  public let idleConnections: Int
}

extension UpstreamOptions {
  static let codec: Codec<UpstreamOptions> = Codec.section(
    Section(
      "Where requests are forwarded to: a server, or the built-in echo.",
      .optional(
        "address", .upstreamAddress, shown: true, "Scheme, host and port of the server."),
      .optional(
        "builtin", .choice(among: [("echo", UpstreamOptions.Target.echo)]),
        "`echo` answers with what it received; instead of `address`."),
      .optional(
        "authorities", .path("tls/authorities.pem"),
        "PEM file of the authorities that an https server is verified by; else the system's."),
      Field(
        "connectTimeout", .lifetime("10ms", "5m"), default: "5s",
        "How long connecting may take, TLS included; longer is 504."),
      Field(
        "responseTimeout", .lifetime("10ms", "1d"), default: "60s",
        "How long the head of the response may take from the end of the request; longer is 504."),
      Field(
        "stallTimeout", .lifetime("10ms", "1d"), default: "60s",
        "How long the server may be silent in the middle of a message."),
      Field(
        "idleTimeout", .lifetime("10ms", "1d"), default: "60s",
        "How long a connection is kept for the next request."),
      Field(
        "connections", .integer(1...65_536), default: 1024,
        "How many connections each event loop has open at most; beyond is 503."),
      Field(
        "idleConnections", .integer(0...65_536), default: 64,
        "How many of them each event loop keeps while nothing is to do."),
      build: UpstreamDraft.init)
  ).refined { draft, node, reading in draft.options(node, &reading) }
}

/// An upstream as it stands, before its target is decided.
private struct UpstreamDraft: Sendable {
  let address: UpstreamAddress?
  let builtin: UpstreamOptions.Target?
  let authorities: String?
  let connectTimeout: Lifetime
  let responseTimeout: Lifetime
  let stallTimeout: Lifetime
  let idleTimeout: Lifetime
  let connections: Int
  let idleConnections: Int

  func options(_ node: JSON5Node, _ reading: inout Reading) -> UpstreamOptions? {
    guard let target = target(node, &reading) else { return nil }
    return UpstreamOptions(
      target: target, authorities: authorities, connectTimeout: connectTimeout,
      responseTimeout: responseTimeout, stallTimeout: stallTimeout, idleTimeout: idleTimeout,
      connections: connections, idleConnections: idleConnections)
  }

  private func target(
    _ node: JSON5Node, _ reading: inout Reading
  ) -> UpstreamOptions.Target? {
    switch (address, builtin) {
    case (let address?, nil): return .server(address)
    case (nil, let builtin?): return builtin
    case (nil, nil):
      reading.fault(
        node.position, "has neither \"address\" nor \"builtin\"",
        "add address: \"http://127.0.0.1:9000\", or builtin: \"echo\"")
    case (_?, _?):
      reading.fault(node.place("builtin"), "has both \"address\" and \"builtin\"", "keep one")
    }
    return nil
  }
}
