/// The built-in forms of an access token.
public enum TokenFormat: String, Sendable, CaseIterable {
  /// A signed JWT (RFC 9068).
  case jws
  /// The same, encrypted: only the resource, or only we, can read it.
  case jwe
  /// An opaque token, looked up in storage.
  case uuid
}
