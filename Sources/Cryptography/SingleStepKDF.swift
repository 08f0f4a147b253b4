public import Diagnostics

/// The one-step key derivation function with SHA-256 (NIST SP 800-56C 4.1, option 1).
///
/// JOSE calls it Concat KDF (RFC 7518 4.6.2).
public enum SingleStepKDF {
  /// Key material of a length (at most 8160 bytes) from a shared secret and the fixed information.
  public static func derive(
    from secret: Secret<[UInt8]>, info: [UInt8], length: Int
  ) -> Secret<[UInt8]> {
    var output: [UInt8] = []
    var round: UInt8 = 0
    while output.count < length {
      round += 1
      output += SHA256.digest([0, 0, 0, round] + secret.reveal() + info).bytes
    }
    return Secret(Array(output[..<length]))
  }
}
