public import Cryptography
public import Ports

/// What the verifier says of a presented token.
public enum TokenVerdict: Sendable {
  /// It is good.
  case verified(VerifiedToken)
  /// It is not.
  case refused(TokenRefusal)
  /// It is an opaque token that must be looked up: get the record of the lookup's key, where
  /// waiting is allowed, and give it to `admit`.
  case needsStorage(TokenLookup)
  /// It names a key of ours that is not known here, and that another process may have made just
  /// now: read the ring again (`KeyRing.refresh`), and ask once more.
  case needsKeys
}

/// An opaque token on its way to storage: only its hash travels.
public struct TokenLookup: Hashable, Sendable {
  /// The SHA-256 of the token.
  public let hash: Digest256

  /// The record to get.
  public var key: RecordKey { TokenRecord.key(hash) }

  init(_ hash: Digest256) { self.hash = hash }
}
