internal import Diagnostics
internal import HTTPServer
internal import Ports
internal import Tokens
internal import Transport

/// A request whose token storage is asked about.
///
/// It travels to the waiting pool and back, and is touched on the loop alone: that is what makes
/// the unchecked conformance hold.
struct PendingRequest: @unchecked Sendable {
  private let lookup: TokenLookup
  private let route: Route
  private let exchange: Exchange
  private let generation: UInt32
  private let handler: ProxyHandler

  init(
    _ lookup: TokenLookup, on route: Route, for exchange: Exchange, of handler: ProxyHandler
  ) {
    self.lookup = lookup
    self.route = route
    self.exchange = exchange
    generation = exchange.generation
    self.handler = handler
  }

  /// Goes on with storage's answer; from any thread.
  func resume(_ answer: TokenRecords.Answer) {
    exchange.loop.post { decide(answer) }
  }

  private func decide(_ answer: TokenRecords.Answer) {
    guard exchange.generation == generation else { return }
    do throws(Denial) {
      let authorized = try AuthorizedRequest(try token(from: answer), on: route)
      // Nil when the client has gone in the meantime.
      let request = exchange.withHead { head, bytes in
        handler.mutate(authorized, head, in: bytes, from: exchange)
      }
      if let request { handler.forward(request, for: exchange) }
    } catch {
      exchange.deny(error)
    }
  }

  private func token(from answer: TokenRecords.Answer) throws(Denial) -> VerifiedToken {
    switch answer {
    case .failure(let error):
      throw .unavailable(reason: error.code, detail: error.description)
    case .success(let record):
      let verdict = handler.verifier.admit(lookup, record, at: exchange.time)
      guard case .token(let token) = try Authentication(verdict, on: route) else {
        throw .unavailable(reason: .storageUndecided, detail: "a record was no answer")
      }
      return token
    }
  }
}
