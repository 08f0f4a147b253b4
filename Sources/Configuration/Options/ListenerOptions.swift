internal import JSON

/// What a listener can serve.
public enum Service: String, Sendable, CaseIterable, CustomStringConvertible {
  /// The endpoints that issue, describe and revoke tokens.
  case authorizationServer = "authorization-server"
  /// The routes of the reverse proxy.
  case proxy
  /// The OpenAPI document of what is served there, and a page to read and try it.
  case documentation

  /// The word in the config.
  public var description: String { rawValue }
}

/// One listening socket.
public struct ListenerOptions: Sendable {
  /// Where it listens.
  public let address: ListenAddress
  /// What it serves.
  public let services: [Service]
  /// Its certificate; without one it speaks plain HTTP.
  public let tls: TLSOptions?
  /// The proxies in front of it, whose forwarding fields are believed.
  public let trustedHops: [AddressRange]
}

extension ListenerOptions {
  static let codec: Codec<ListenerOptions> = Codec.section(
    Section(
      "One listening socket.",
      Field("address", .listenAddress, "IP address and port; port 0 is any free one."),
      Field(
        "serves", .set(of: .choice, count: 1...3), default: ["authorization-server", "proxy"],
        "What is served here. The documentation is always served on the admin socket."),
      .optional("tls", TLSOptions.codec, "The certificate; without it plain HTTP is spoken."),
      Field(
        "trustedHops", .set(of: .addressRange), default: [],
        "Proxies in front of this listener, whose `X-Forwarded-For` and `X-Request-Id` are "
          + "believed."),
      build: ListenerOptions.init)
  ).checked { listener, node, reading in
    reading.facts.services.formUnion(listener.services)
    guard listener.address.port != 0 else { return }
    reading.define(listener.address.text, .address, at: node.place("address"))
  }
}

/// The certificate of a listener.
public struct TLSOptions: Sendable {
  /// The path of the PEM file with the certificate and its chain.
  public let certificate: String
  /// The path of the PEM file with the private key.
  public let key: String
}

extension TLSOptions {
  static let codec: Codec<TLSOptions> = .section(
    Section(
      "TLS 1.2 and 1.3 with one certificate.",
      Field("certificate", .path("tls/certificate.pem"), "PEM file of the certificate chain."),
      Field("key", .path("tls/key.pem"), "PEM file of the private key."),
      build: TLSOptions.init))
}
