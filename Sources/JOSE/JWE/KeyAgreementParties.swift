internal import Cryptography
internal import Diagnostics

/// Who agrees on a key: what both sides mix into it (RFC 7518 4.6.1.2, 4.6.1.3).
struct KeyAgreementParties: Equatable, Sendable {
  /// `apu`, of the sender.
  let u: [UInt8]
  /// `apv`, of the recipient.
  let v: [UInt8]

  /// The key derived from an agreed secret (RFC 7518 4.6.2).
  ///
  /// The algorithm's name is that of `enc` where the key encrypts the content, else that of `alg`.
  func derive(from secret: Secret<[UInt8]>, for algorithm: String, bytes: Int) -> Secret<[UInt8]> {
    var info: [UInt8] = []
    Self.append(Array(algorithm.utf8), to: &info)
    Self.append(u, to: &info)
    Self.append(v, to: &info)
    Self.append(UInt32(bytes * 8), to: &info)
    return SingleStepKDF.derive(from: secret, info: info, length: bytes)
  }

  /// Bytes after their count in 32 bits; the header's limit keeps it far from overflow.
  private static func append(_ bytes: [UInt8], to info: inout [UInt8]) {
    append(UInt32(bytes.count), to: &info)
    info += bytes
  }

  private static func append(_ number: UInt32, to info: inout [UInt8]) {
    for shift in [24, 16, 8, 0] as [UInt32] {
      info.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
