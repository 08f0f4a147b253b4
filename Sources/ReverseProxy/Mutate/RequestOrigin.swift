public import Diagnostics
public import HTTP

/// What the server knows of a request beside its head.
public struct RequestOrigin: Sendable {
  /// The request's name.
  public let id: RequestID
  /// Who sent it.
  public let peer: PeerAddress
  /// Whether it came over TLS.
  public let isSecure: Bool
  /// Whether the peer is a hop that the configuration trusts to say where a request came from.
  public let isTrustedHop: Bool

  /// An origin from its parts.
  public init(id: RequestID, peer: PeerAddress, isSecure: Bool, isTrustedHop: Bool) {
    self.id = id
    self.peer = peer
    self.isSecure = isSecure
    self.isTrustedHop = isTrustedHop
  }
}
