/// A curve whose keys are plain byte strings: JOSE's octet key pairs (RFC 8037).
public enum OctetCurve: Sendable, CaseIterable {
  /// For signatures (RFC 8032 5.1).
  case ed25519
  /// For signatures (RFC 8032 5.2).
  case ed448
  /// For key agreement (RFC 7748 5).
  case x25519
  /// For key agreement (RFC 7748 5).
  case x448

  /// Bytes in a public key, and in a private one.
  public var keyLength: Int {
    switch self {
    case .ed25519, .x25519: 32
    case .ed448: 57
    case .x448: 56
    }
  }

  /// Bytes in a signature, or nil for a curve that signs nothing.
  public var signatureLength: Int? {
    switch self {
    case .ed25519: 64
    case .ed448: 114
    case .x25519, .x448: nil
    }
  }

  /// The name by which libcrypto takes the type.
  var typeName: String {
    switch self {
    case .ed25519: "ED25519"
    case .ed448: "ED448"
    case .x25519: "X25519"
    case .x448: "X448"
    }
  }
}
