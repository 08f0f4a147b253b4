/// The built-in forms of an access token.
public enum TokenFormat: String, Sendable, CaseIterable {
  /// A signed JWT (RFC 9068).
  case jws
  /// An opaque token, looked up in storage.
  case uuid
}
