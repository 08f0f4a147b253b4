/// How an opaque token is written.
public enum OpaqueTokenForm: String, Sendable, CaseIterable {
  /// A version 4 UUID, `_`, and 128 further random bits: 250 bits that nobody guesses.
  case long
  /// A version 4 UUID alone: 122 random bits, fewer than RFC 6749 10.10 demands.
  case bare
}
