internal import COpenSSL

/// Whether two byte strings are equal, in a time that depends on their lengths only.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// Whether two digests are equal, in constant time.
public func constantTimeEqual(_ left: Digest256, _ right: Digest256) -> Bool {
  let difference =
    (left.words.0 ^ right.words.0) | (left.words.1 ^ right.words.1)
    | (left.words.2 ^ right.words.2) | (left.words.3 ^ right.words.3)
  return difference == 0
}
