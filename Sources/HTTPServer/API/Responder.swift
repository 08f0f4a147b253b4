public import Diagnostics
public import HTTP
internal import Synchronization

/// The way back for the answer to one request.
///
/// The first `send` counts and later ones are ignored; dropped unanswered it answers 500, so that no
/// client waits for ever. It may be used from any thread.
public struct Responder: Sendable {
  /// Receives the answer and what the handler wants to say in the access log.
  public typealias Sink = @Sendable (Response, [LogField]) -> Void

  private let pending: PendingResponse

  /// A responder that hands the answer to a closure, which must take it from any thread.
  public init(_ sink: @escaping Sink) { pending = PendingResponse(sink) }

  /// Answers the request, and adds fields to its line in the access log.
  public func send(_ response: Response, noting fields: [LogField] = []) {
    pending.send(response, fields)
  }
}

/// The one answer, guarded against a second and against none.
private final class PendingResponse: Sendable {
  private let sink: Responder.Sink
  private let isSent = Atomic<Bool>(false)

  init(_ sink: @escaping Responder.Sink) { self.sink = sink }

  func send(_ response: Response, _ fields: [LogField]) {
    guard !isSent.exchange(true, ordering: .acquiringAndReleasing) else { return }
    sink(response, fields)
  }

  deinit {
    guard !isSent.load(ordering: .acquiring) else { return }
    sink(.problem(.internalServerError), [LogField(reason: .serverUnanswered)])
  }
}
