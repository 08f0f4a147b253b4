public import Diagnostics
internal import HTTP
public import HTTPServer
public import OAuth
public import Ports
public import Tokens

/// Lets only holders of an access token of ours reach endpoints of the admin listener over TCP.
///
/// The token must be for the admin API's audience and carry its scope. Whoever is let in acts as
/// the user whom the unix socket lets in.
public struct TokenGuard: Sendable {
  /// Where what a verdict needs lies.
  public struct Sources: Sendable {
    let verifiers: VerifierPool
    let store: any RecordStore
    let keys: KeyRing

    /// Verifiers of our own tokens, the store and the ring that they rest on.
    public init(verifiers: VerifierPool, store: any RecordStore, keys: KeyRing) {
      self.verifiers = verifiers
      self.store = store
      self.keys = keys
    }
  }

  private let sources: Sources
  private let audience: Audience
  private let offload: AdminEndpoint.Offload
  private let clock: Clock
  private let user: UInt32

  /// A guard by an audience; `user` is the one on whose behalf a token's holder acts.
  public init(
    _ sources: Sources, audience: Audience, offload: @escaping AdminEndpoint.Offload, clock: Clock,
    user: UInt32
  ) {
    self.sources = sources
    self.audience = audience
    self.offload = offload
    self.clock = clock
    self.user = user
  }

  /// How long the look-up of an opaque token may take.
  private static let deadline = Lifetime.seconds(5)

  /// The endpoint for those whose token carries one of the scopes.
  public func guarding(_ endpoint: any Endpoint, for scopes: [Scope]) -> any Endpoint {
    GuardedEndpoint(endpoint, by: self, for: scopes)
  }

  /// Judges a token off the loop; the closure hears once, from any thread.
  func judge(
    _ text: String, for scopes: [Scope], _ request: RequestID,
    _ answer: @escaping @Sendable (Result<VerifiedToken, TokenDenial>) -> Void
  ) {
    let accepted = offload {
      do throws(TokenDenial) {
        let token = try verified(text, request)
        try check(token, scopes)
        answer(.success(token))
      } catch {
        answer(.failure(error))
      }
    }
    if !accepted { answer(.failure(.unavailable("Too many requests are waiting; try again."))) }
  }

  private func verified(_ text: String, _ request: RequestID) throws(TokenDenial) -> VerifiedToken {
    let now = clock.now()
    var verdict = sources.verifiers.withVerifier { $0.verify(text.utf8.span, at: now) }
    if case .needsKeys = verdict {
      do throws(KeyRingError) {
        try sources.keys.maintain()
      } catch {
        throw .unavailable("\(error)")
      }
      verdict = sources.verifiers.withVerifier { $0.verify(text.utf8.span, at: now) }
    }
    if case .needsStorage(let lookup) = verdict {
      let context = CallContext(request: request, now: now, deadline: now + Self.deadline)
      do throws(StorageError) {
        let record = try sources.store.get(lookup.key, context)
        verdict = sources.verifiers.withVerifier { $0.admit(lookup, record, at: now) }
      } catch {
        throw .unavailable("\(error)")
      }
    }
    switch verdict {
    case .verified(let token): return token
    case .refused(let refusal): throw .invalid(refusal.code, "\(refusal)", realm: audience)
    case .needsStorage, .needsKeys:
      throw .invalid(.tokenUnknown, "neither keys nor storage know it", realm: audience)
    }
  }

  private func check(_ token: VerifiedToken, _ scopes: [Scope]) throws(TokenDenial) {
    guard token.isOwn, token.audiences.contains(audience) else {
      throw .invalid(
        .tokenAudience, "aud is \(token.audiences), not \(audience)", realm: audience)
    }
    guard scopes.contains(where: token.scopes.contains) else {
      throw .insufficient(token.scopes, needed: scopes, realm: audience)
    }
  }

  /// The challenge where a request shows no token.
  var missing: TokenDenial { .missing(realm: audience) }

  /// Who asks, once the token is found to be good.
  var peer: PeerAddress { PeerAddress(host: .unix(user: user), port: 0) }
}
