/// A curve in Weierstrass form that this program signs on or agrees on keys over.
public enum EllipticCurve: Sendable, CaseIterable {
  /// NIST P-256, also called prime256v1 (FIPS 186-4).
  case p256
  /// NIST P-384, also called secp384r1.
  case p384
  /// NIST P-521, also called secp521r1.
  case p521
  /// secp256k1 of SEC 2 (RFC 8812).
  case secp256k1

  /// Bytes in a coordinate, and in each half of a raw signature.
  public var coordinateLength: Int {
    switch self {
    case .p256, .secp256k1: 32
    case .p384: 48
    case .p521: 66
    }
  }

  /// The name by which libcrypto takes the curve.
  var groupName: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    case .p521: "P-521"
    case .secp256k1: "secp256k1"
    }
  }

  /// libcrypto answers with the name of the X9.62 or SECG list, whatever it was given.
  init?(groupName: String) {
    switch groupName {
    case "P-256", "prime256v1": self = .p256
    case "P-384", "secp384r1": self = .p384
    case "P-521", "secp521r1": self = .p521
    case "secp256k1": self = .secp256k1
    default: return nil
    }
  }
}
