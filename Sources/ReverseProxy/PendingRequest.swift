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
  private let route: Route
  private let exchange: Exchange
  private let generation: UInt32
  private let handler: ProxyHandler

  init(on route: Route, for exchange: Exchange, of handler: ProxyHandler) {
    self.route = route
    self.exchange = exchange
    generation = exchange.generation
    self.handler = handler
  }

  /// Goes on with storage's answer about an opaque token; from any thread.
  func resume(_ lookup: TokenLookup, _ answer: TokenRecords.Answer) {
    decide { () throws(Denial) in try token(of: lookup, from: answer) }
  }

  /// Goes on with the key ring as it is now; from any thread.
  func resume(_ refreshed: Result<Void, KeyRingError>) {
    decide { () throws(Denial) in try token(after: refreshed) }
  }

  private func decide(_ token: @escaping @Sendable () throws(Denial) -> VerifiedToken?) {
    exchange.loop.post {
      guard exchange.generation == generation else { return }
      do throws(Denial) {
        guard let token = try token() else { return }
        let authorized = try AuthorizedRequest(token, on: route)
        // Nil when the client has gone in the meantime.
        let request = exchange.withHead { head, bytes in
          handler.mutate(authorized, head, in: bytes, from: exchange)
        }
        if let request { handler.forward(request, by: token, for: exchange) }
      } catch {
        handler.deny(error, exchange)
      }
    }
  }

  private func token(
    of lookup: TokenLookup, from answer: TokenRecords.Answer
  ) throws(Denial) -> VerifiedToken {
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

  /// Judges the token once more; nil when the client has gone in the meantime.
  private func token(
    after refreshed: Result<Void, KeyRingError>
  ) throws(Denial) -> VerifiedToken? {
    if case .failure(let error) = refreshed {
      throw .unavailable(reason: .keyUnavailable, detail: error.description)
    }
    let again = exchange.withHead { head, bytes in
      Result { () throws(Denial) in
        try Authentication(head, in: bytes, by: handler.verifier, on: route, at: exchange.time)
      }
    }
    guard case .token(let token)? = try again?.get() else {
      if again == nil { return nil }
      let refusal = TokenRefusal.keyUnknown(nil)
      throw .invalidToken(on: route, reason: refusal.code, detail: refusal.description)
    }
    return token
  }
}
