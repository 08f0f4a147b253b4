/// Between the two forms of an ECDSA signature: raw `r || s` (RFC 7518 3.4) and DER.
///
/// libcrypto speaks DER. A number has at most 66 bytes and its length fits in one byte; that of both
/// together needs a second one on P-521.
enum ECDSASignature {
  /// The longest DER form: two numbers of 66 bytes with a sign byte each.
  static let maximumLength = 3 + 2 * (2 + 1 + 66)

  /// Writes the DER form of a raw signature and returns its length; 0 if a half is zero.
  static func writeDER(
    _ raw: UnsafeBufferPointer<UInt8>, into der: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    let half = raw.count / 2
    let r = Number(raw, 0..<half)
    let s = Number(raw, half..<raw.count)
    // Zero is no signature for any message; some verifiers took it for all (CVE-2022-21449).
    guard r.digits > 0, s.digits > 0 else { return 0 }
    let length = r.length + s.length
    der[0] = 0x30
    var end = 1
    if length > 127 {
      der[end] = 0x81
      end += 1
    }
    der[end] = UInt8(length)
    end += 1
    r.write(raw, into: der, at: &end)
    s.write(raw, into: der, at: &end)
    return end
  }

  /// Where the digits of one of the two numbers lie, without its leading zeros.
  private struct Number {
    let first: Int
    let digits: Int
    /// Bytes of a zero that keeps a number with its top bit set from being negative.
    let sign: Int

    init(_ raw: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
      var first = range.lowerBound
      while first < range.upperBound && raw[first] == 0 { first += 1 }
      self.first = first
      digits = range.upperBound - first
      sign = digits > 0 && raw[first] >= 0x80 ? 1 : 0
    }

    var length: Int { 2 + sign + digits }

    func write(
      _ raw: UnsafeBufferPointer<UInt8>, into der: UnsafeMutableBufferPointer<UInt8>,
      at end: inout Int
    ) {
      der[end] = 0x02
      der[end + 1] = UInt8(digits + sign)
      der[end + 2] = 0
      for index in 0..<digits { der[end + 2 + sign + index] = raw[first + index] }
      end += length
    }
  }

  /// Writes the raw form of a DER signature that libcrypto made; false if it is none.
  static func writeRaw(
    _ der: UnsafeBufferPointer<UInt8>, into raw: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    let half = raw.count / 2
    guard var position = contents(der) else { return false }
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

  /// Where the contents of a sequence begin that fills all of the bytes.
  private static func contents(_ der: UnsafeBufferPointer<UInt8>) -> Int? {
    guard der.count >= 3, der[0] == 0x30 else { return nil }
    let start = der[1] == 0x81 ? 3 : 2
    return Int(der[start - 1]) == der.count - start ? start : nil
  }
}
