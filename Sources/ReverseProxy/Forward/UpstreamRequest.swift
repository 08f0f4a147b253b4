public import HTTP

/// A request as the upstream gets it: the last step's only way in.
///
/// Made by Mutate from an authorized request, so an unauthenticated forward does not compile.
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

  init(head: [UInt8], framing: BodyFraming, upstream: Int, method: KnownMethod) {
    self.head = head
    self.framing = framing
    self.upstream = upstream
    isHead = method == .head
    switch method {
    case .get, .head, .put, .delete, .options: isIdempotent = true
    case .post, .patch, .trace, .connect, .other: isIdempotent = false
    }
  }
}
