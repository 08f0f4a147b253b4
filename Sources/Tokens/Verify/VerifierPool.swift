internal import Synchronization

/// Verifiers for those who share a thread with others: each is lent to one caller at a time.
///
/// As many are made as are ever in use at once. Safe from any thread.
public final class VerifierPool: Sendable {
  /// A verifier that nobody uses, or one that only the borrower does: that is what makes the
  /// unchecked conformance hold.
  private struct Lent: @unchecked Sendable {
    let verifier: TokenVerifier
  }

  private let trust: TokenTrust
  private let limits: TokenVerifierLimits
  private let idle = Mutex<[Lent]>([])

  /// A pool of verifiers with the same trust and limits.
  public init(_ trust: TokenTrust, limits: TokenVerifierLimits) {
    self.trust = trust
    self.limits = limits
  }

  /// Calls a closure with a verifier; the last one that came back, since its cache is warm.
  public func withVerifier<Result>(_ body: (TokenVerifier) -> Result) -> Result {
    let lent =
      idle.withLock { $0.popLast() } ?? Lent(verifier: TokenVerifier(trust, limits: limits))
    defer { idle.withLock { $0.append(lent) } }
    return body(lent.verifier)
  }
}
