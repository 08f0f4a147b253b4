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
  /// The place in a trace that the upstream is told; nil for none.
  public let trace: TraceContext?
  /// Whether what the request says of the trace in `tracestate` is of the same one.
  public let passesTraceState: Bool

  /// An origin from its parts.
  public init(
    id: RequestID, peer: PeerAddress, isSecure: Bool, isTrustedHop: Bool,
    trace: TraceContext? = nil, passesTraceState: Bool = false
  ) {
    self.id = id
    self.peer = peer
    self.isSecure = isSecure
    self.isTrustedHop = isTrustedHop
    self.trace = trace
    self.passesTraceState = passesTraceState
  }
}
