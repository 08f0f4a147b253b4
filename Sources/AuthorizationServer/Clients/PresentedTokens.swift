internal import Diagnostics
internal import OAuth
public import Ports
public import Tokens

/// The tokens that clients present in a form, judged: by memory on the loop, by storage off it.
public struct PresentedTokens: Sendable {
  /// What is to be said of a token.
  enum Verdict: Sendable {
    /// It is one of ours, and good.
    case good(VerifiedToken)
    /// It is not.
    case refused(TokenRefusal)
  }

  private let verifiers: VerifierPool
  private let store: any RecordStore
  private let keys: KeyRing
  private let offload: Offload

  /// Tokens that verifiers know, or else a store or a ring on it.
  public init(
    verifiers: VerifierPool, store: any RecordStore, keys: KeyRing, offload: Offload
  ) {
    self.verifiers = verifiers
    self.store = store
    self.keys = keys
    self.offload = offload
  }

  /// Judges a token and goes on, at once or, where storage must be asked, from the waiting pool.
  ///
  /// What cannot be judged now is answered here, and so is what the rest throws.
  func verify(
    _ token: String, _ context: CallContext, _ exchange: ClientExchange,
    _ rest: @escaping @Sendable (Verdict) throws(OAuthError) -> Void
  ) {
    let verdict = verifiers.withVerifier { $0.verify(token.utf8.span, at: context.now) }
    switch verdict {
    case .needsStorage(let lookup): look(up: lookup, context, exchange, rest)
    case .needsKeys: refreshKeys(for: token, context, exchange, rest)
    case .verified, .refused: Self.goOn(Self.verdict(verdict), exchange, rest)
    }
  }

  private func look(
    up lookup: TokenLookup, _ context: CallContext, _ exchange: ClientExchange,
    _ rest: @escaping @Sendable (Verdict) throws(OAuthError) -> Void
  ) {
    let accepted = offload.waiting {
      do throws(StorageError) {
        let record = try store.get(lookup.key, context)
        let verdict = verifiers.withVerifier { $0.admit(lookup, record, at: context.now) }
        Self.goOn(Self.verdict(verdict), exchange, rest)
      } catch {
        exchange.refuse(.storage(error))
      }
    }
    if !accepted { exchange.refuse(.overloaded) }
  }

  /// Judges a token once more when the ring has been read for its key.
  private func refreshKeys(
    for token: String, _ context: CallContext, _ exchange: ClientExchange,
    _ rest: @escaping @Sendable (Verdict) throws(OAuthError) -> Void
  ) {
    let accepted = keys.refresh(at: context.now, submit: offload.waiting) { result in
      do throws(KeyRingError) {
        try result.get()
        let verdict = verifiers.withVerifier { $0.verify(token.utf8.span, at: context.now) }
        Self.goOn(Self.verdict(verdict), exchange, rest)
      } catch {
        exchange.refuse(.unreadableKeys(error))
      }
    }
    if !accepted { exchange.refuse(.overloaded) }
  }

  private static func verdict(_ verdict: TokenVerdict) -> Verdict {
    switch verdict {
    case .verified(let token): .good(token)
    case .refused(let refusal): .refused(refusal)
    // A record is an answer: `admit` asks for no other.
    case .needsStorage: .refused(.unknown)
    // The ring has just been read, and does not have it.
    case .needsKeys: .refused(.keyUnknown(nil))
    }
  }

  private static func goOn(
    _ verdict: Verdict, _ exchange: ClientExchange,
    _ rest: (Verdict) throws(OAuthError) -> Void
  ) {
    do throws(OAuthError) {
      try rest(verdict)
    } catch {
      exchange.refuse(error)
    }
  }
}
