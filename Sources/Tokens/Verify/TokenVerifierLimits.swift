public import Diagnostics

/// What one verifier may take.
public struct TokenVerifierLimits: Sendable {
  /// The most bytes of a token's text.
  public let tokenBytes: Int
  /// The most tokens in the cache of one loop.
  public let cacheEntries: Int
  /// The most bytes, roughly, that those take.
  public let cacheBytes: Int
  /// For how long storage's answer about an opaque token is believed.
  public let opaqueLifetime: Lifetime

  /// Limits of one's own.
  public init(
    tokenBytes: Int = 16_384, cacheEntries: Int = 131_072, cacheBytes: Int = 134_217_728,
    opaqueLifetime: Lifetime = .seconds(1)
  ) {
    self.tokenBytes = tokenBytes
    self.cacheEntries = cacheEntries
    self.cacheBytes = cacheBytes
    self.opaqueLifetime = opaqueLifetime
  }

  /// 16 KiB a token; 131,072 tokens and 128 MiB of them; a second for opaque ones.
  public static let `default` = TokenVerifierLimits()
}
