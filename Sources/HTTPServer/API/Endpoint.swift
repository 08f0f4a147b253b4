public import HTTP

/// Something that answers requests on one path.
///
/// `respond` runs on an event loop and must not block it: work that waits or computes goes to a
/// pool, and the answer through the responder from there.
public protocol Endpoint: Sendable {
  /// What it is; the same at every call.
  var description: EndpointDescription { get }

  /// Takes one request, and answers through the responder, now or later.
  func respond(to request: Request, through responder: Responder)
}
