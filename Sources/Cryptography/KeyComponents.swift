public import Diagnostics

/// The numbers of a public key, big-endian.
public enum PublicKeyComponents: Equatable, Sendable {
  /// The coordinates of a point, each of exactly the curve's length.
  case ec(EllipticCurve, x: [UInt8], y: [UInt8])
  /// Modulus and public exponent.
  case rsa(modulus: [UInt8], exponent: [UInt8])
  /// The bytes that RFC 8032 or RFC 7748 make of a point, of exactly the curve's length.
  case octet(OctetCurve, [UInt8])
}

/// The numbers of a private key beside those of its public key, big-endian.
public enum PrivateKeyComponents: Sendable {
  /// The secret scalar.
  case ec(Secret<[UInt8]>)
  /// Private exponent, primes and Chinese remainder numbers.
  case rsa(RSAPrivateNumbers)
  /// The seed or scalar, of exactly the curve's length.
  case octet(Secret<[UInt8]>)
}

/// What an RSA private key is beside modulus and public exponent (RFC 8017 3.2, two primes).
public struct RSAPrivateNumbers: Sendable {
  /// The private exponent d.
  public let exponent: Secret<[UInt8]>
  /// The first prime p.
  public let prime1: Secret<[UInt8]>
  /// The second prime q.
  public let prime2: Secret<[UInt8]>
  /// d mod (p - 1).
  public let exponent1: Secret<[UInt8]>
  /// d mod (q - 1).
  public let exponent2: Secret<[UInt8]>
  /// The inverse of q mod p.
  public let coefficient: Secret<[UInt8]>

  /// The numbers, by the names of RFC 8017.
  public init(
    exponent: Secret<[UInt8]>, prime1: Secret<[UInt8]>, prime2: Secret<[UInt8]>,
    exponent1: Secret<[UInt8]>, exponent2: Secret<[UInt8]>, coefficient: Secret<[UInt8]>
  ) {
    self.exponent = exponent
    self.prime1 = prime1
    self.prime2 = prime2
    self.exponent1 = exponent1
    self.exponent2 = exponent2
    self.coefficient = coefficient
  }
}
