public import HTTP

/// A request as the upstream gets it: the last step's only way in.
///
/// Made from an authorized request alone, so an unauthenticated forward does not compile.
public struct UpstreamRequest: Sendable {
  /// The whole head, its last empty line included.
  public let head: [UInt8]
  /// How the content is delimited, as the head says.
  public let framing: BodyFraming
  /// The upstream's place in the list of upstreams.
  public let upstream: Int
  /// Whether the method is HEAD: the answer has no content.
  public let isHead: Bool
  /// Whether it may be sent again when a kept connection turns out to be dead (RFC 9110 9.2.2).
  public let isIdempotent: Bool

  /// Rewrites a request for its upstream.
  ///
  /// Hop-by-hop fields go first, whoever names them; then whatever could pass for ours; then ours
  /// are added, so that nothing that came from outside can take them away or stand beside them.
  public init(
    _ authorized: AuthorizedRequest, _ head: borrowing RequestHead, from origin: RequestOrigin,
    in bytes: Span<UInt8>
  ) {
    let route = authorized.route
    var writer = HeadWriter(capacity: head.length + 512)
    writer.begin(head, in: bytes)
    writer.appendHost(at: route.destination, head, in: bytes)
    writer.appendPassingFields(of: head, on: route, in: bytes)
    writer.appendForwarding(of: head, from: origin, in: bytes)
    if let token = authorized.token { writer.appendIdentity(of: token) }
    writer.append(.requestID, origin.id)
    writer.appendTrace(of: head, from: origin, in: bytes)
    writer.appendFraming(head.framing)
    writer.end()
    self.head = writer.bytes
    framing = head.framing
    upstream = route.destination.index
    isHead = head.knownMethod == .head
    isIdempotent = head.knownMethod.isIdempotent
  }
}

extension KnownMethod {
  fileprivate var isIdempotent: Bool {
    switch self {
    case .get, .head, .put, .delete, .options: true
    case .post, .patch, .trace, .connect, .other: false
    }
  }
}
