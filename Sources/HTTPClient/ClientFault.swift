public import Diagnostics
public import HTTP

/// Why a request to an upstream failed.
public enum ClientFault: Error, Equatable, Sendable {
  /// No connection could be made; the text is for the log.
  case unreachable(String)
  /// The connection could not be made in time.
  case connectTimeout
  /// All connections that the limit allows are in use.
  case exhausted
  /// A kept connection was dead before a byte of the answer came.
  case stale
  /// The connection ended before a byte of the answer came.
  case closed
  /// The answer's first byte did not come in time.
  case firstByteTimeout
  /// The upstream fell silent within its answer, or took no more of the request.
  case stalled
  /// The connection ended within the answer.
  case truncated
  /// The answer is not HTTP/1.1 as the standard has it.
  case malformed(MessageFault)
  /// The upstream switched protocols unasked.
  case switchedProtocols

  /// Whether the upstream was too slow rather than wrong.
  public var isTimeout: Bool {
    switch self {
    case .connectTimeout, .firstByteTimeout, .stalled: true
    default: false
    }
  }

  /// The stable reason code for the log, such as `upstream.stale`.
  public var code: ReasonCode {
    switch self {
    case .unreachable: .upstreamUnreachable
    case .connectTimeout: .upstreamConnectTimeout
    case .exhausted: .upstreamExhausted
    case .stale: .upstreamStale
    case .closed: .upstreamClosed
    case .firstByteTimeout: .upstreamFirstByteTimeout
    case .stalled: .upstreamStalled
    case .truncated: .upstreamTruncated
    case .malformed: .upstreamMalformed
    case .switchedProtocols: .upstreamSwitchedProtocols
    }
  }
}
