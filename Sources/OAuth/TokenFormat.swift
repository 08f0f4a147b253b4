/// The built-in forms of an access token.
public enum TokenFormat: String, Sendable, CaseIterable {
  /// A signed JWT (RFC 9068).
  case jws
  /// An opaque token: a version 4 UUID and 128 further random bits, looked up in storage.
  case uuid
}
