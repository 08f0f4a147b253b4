internal import Diagnostics
internal import HTTP
internal import OAuth
internal import Tokens

/// Who sent a request, as far as it can be said at once.
enum Authentication {
  /// A verified token says so.
  case token(VerifiedToken)
  /// Storage must be asked; it is not on this loop.
  case pending(TokenLookup)
  /// The token names a key that our ring must be read for again.
  case needsKeys

  /// Takes the token that a request presents and judges it.
  init(
    _ head: borrowing RequestHead, in bytes: Span<UInt8>, by verifier: TokenVerifier,
    on route: Route, at now: UnixTime
  ) throws(Denial) {
    switch PresentedToken(head, in: bytes) {
    case .absent:
      throw .noToken(on: route)
    case .malformed(let fault):
      throw .invalidToken(on: route, reason: fault.code, detail: fault.detail)
    case .token(let slot):
      try self.init(verifier.verify(bytes.extracting(slot.range), at: now), on: route)
    }
  }

  /// Takes the verifier's word.
  init(_ verdict: TokenVerdict, on route: Route) throws(Denial) {
    switch verdict {
    case .verified(let token): self = .token(token)
    case .needsStorage(let lookup): self = .pending(lookup)
    case .needsKeys: self = .needsKeys
    case .refused(let refusal):
      throw .invalidToken(on: route, reason: refusal.code, detail: refusal.description)
    }
  }
}

extension PresentedToken.Fault {
  fileprivate var code: ReasonCode {
    switch self {
    case .repeated: .tokenRepeated
    case .empty, .tooLong: .tokenMalformed
    }
  }

  fileprivate var detail: String {
    switch self {
    case .repeated: "the request has more than one Authorization field"
    case .empty: "nothing follows the scheme"
    case .tooLong: "the token is longer than \(PresentedToken.limit) bytes"
    }
  }
}
