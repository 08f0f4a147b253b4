/// Between the two forms of an ECDSA signature: raw `r || s` (RFC 7518 3.4) and DER.
///
/// libcrypto speaks DER. The numbers have at most 48 bytes, so every length fits in one byte.
enum ECDSASignature {
  /// The longest DER form: two numbers of 48 bytes with a sign byte each.
  static let maximumLength = 2 + 2 * (2 + 1 + 48)

  /// Writes the DER form of a raw signature and returns its length; 0 if a half is zero.
  static func writeDER(
    _ raw: UnsafeBufferPointer<UInt8>, into der: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    let half = raw.count / 2
    var end = 2
    for start in [0, half] {
      var first = start
      while first < start + half && raw[first] == 0 { first += 1 }
      let digits = start + half - first
      // Zero is no signature for any message; some verifiers took it for all (CVE-2022-21449).
      guard digits > 0 else { return 0 }
      let sign = raw[first] >= 0x80 ? 1 : 0
      der[end] = 0x02
      der[end + 1] = UInt8(digits + sign)
      der[end + 2] = 0
      for index in 0..<digits { der[end + 2 + sign + index] = raw[first + index] }
      end += 2 + sign + digits
    }
    der[0] = 0x30
    der[1] = UInt8(end - 2)
    return end
  }

  /// Writes the raw form of a DER signature that libcrypto made; false if it is none.
  static func writeRaw(
    _ der: UnsafeBufferPointer<UInt8>, into raw: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    let half = raw.count / 2
    guard der.count >= 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return false }
    var position = 2
    for end in [half, raw.count] {
      guard position + 2 <= der.count, der[position] == 0x02 else { return false }
      var length = Int(der[position + 1])
      position += 2
      guard length > 0, position + length <= der.count else { return false }
      if der[position] == 0 {
        position += 1
        length -= 1
      }
      guard length <= half else { return false }
      for index in (end - half)..<(end - length) { raw[index] = 0 }
      for index in 0..<length { raw[end - length + index] = der[position + index] }
      position += length
    }
    return position == der.count
  }
}
