/// The points of an Edwards curve whose order divides the cofactor.
///
/// A key that is one of them makes no secret: for the neutral element, R = 0 and S = 0 signs every
/// message. An honest generator never makes one (RFC 8032 5.1.5 clears the low bits of the scalar).
enum SmallOrder {
  /// The y coordinates on edwards25519, little-endian, with the two that are not reduced.
  private static let edwards25519: [[UInt8]] = [
    [UInt8](repeating: 0, count: 32),
    [1] + [UInt8](repeating: 0, count: 31),
    [
      0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
      0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
      0xfc, 0x05,
    ],
    [
      0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
      0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
      0x03, 0x7a,
    ],
    [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
    [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
    [0xee] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
  ]

  /// The y coordinates on edwards448: 0, 1 and -1.
  private static let edwards448: [[UInt8]] = [
    [UInt8](repeating: 0, count: 57),
    [1] + [UInt8](repeating: 0, count: 56),
    [0xfe] + [UInt8](repeating: 0xff, count: 27) + [0xfe] + [UInt8](repeating: 0xff, count: 27)
      + [0],
  ]

  /// Throws `weakKey` for a public key that is such a point, whichever sign its x has.
  static func refuse(_ key: [UInt8], on curve: OctetCurve) throws(CryptographyError) {
    guard !contains(key, on: curve) else { throw .weakKey("point of small order") }
  }

  private static func contains(_ key: [UInt8], on curve: OctetCurve) -> Bool {
    guard let last = key.last else { return false }
    let y = key.dropLast() + [last & 0x7f]
    switch curve {
    case .ed25519: return edwards25519.contains { $0[...] == y[...] }
    case .ed448: return edwards448.contains { $0[...] == y[...] }
    case .x25519, .x448: return false
    }
  }
}
