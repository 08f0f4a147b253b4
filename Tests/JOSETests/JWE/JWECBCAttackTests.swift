import Cryptography
import Diagnostics
import JOSE
import XCTest

/// What a decrypter of AES-CBC with HMAC must not take: wrong order, wrong length field, padding.
final class JWECBCAttackTests: XCTestCase {
  private let key = Random.bytes(32)
  private let header = Base64.url.encode(Array(#"{"alg":"dir","enc":"A128CBC-HS256"}"#.utf8))
  private var decrypter: JWEDecrypter!

  override func setUpWithError() throws {
    decrypter = try JWEDecrypter(
      sharing: Secret(key), keyManagement: [.direct], contentEncryption: [.a128CBCHS256])
  }

  private func token(_ nonce: [UInt8], _ ciphertext: [UInt8], _ tag: [UInt8]) -> [UInt8] {
    EncryptedText.joined(
      [header, ""] + [nonce, ciphertext, tag].map { Base64.url.encode($0) })
  }

  /// The whole HMAC over what is given.
  private func mac(_ parts: [UInt8]...) -> [UInt8] {
    HMACSHA256.tag(parts.flatMap { $0 }, key: Array(key[..<16])).bytes
  }

  private func bits(_ count: Int) -> [UInt8] {
    let value = UInt64(count)
    return (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) }
  }

  private func sealed(
    _ key: [UInt8], _ plaintext: [UInt8] = Array("sixteen bytes...".utf8)
  ) throws -> AuthenticatedCipher.Sealed {
    let additionalData = Array(header.utf8)
    return try AuthenticatedCipher.aesCBCHMAC(.bits128).seal(
      plaintext.span, key: Secret(key), additionalData: additionalData.span)
  }

  func testTheTagIsOverEverythingInItsOrder() throws {
    let made = try sealed(key)
    let (a, n, c) = (Array(header.utf8), made.nonce, made.ciphertext)
    let good = Array(mac(a, n, c, bits(a.count * 8))[..<16])
    XCTAssertEqual(good, made.tag)
    XCTAssertNoThrow(try decrypter.decrypt(token(n, c, good)))
    let wrong = [
      mac(a, n, c), mac(a, n, c, bits(a.count)), mac(n, c), mac(c), mac(n, a, c, bits(a.count * 8)),
      mac(bits(a.count * 8), a, n, c), mac(a, n, c, bits(a.count * 8).reversed()),
      mac(a, n, Array("sixteen bytes...".utf8), bits(a.count * 8)),
      mac(a, c, bits(a.count * 8)), mac(a, n, c, [UInt8](repeating: 0, count: 8)),
    ]
    for tag in wrong {
      assertJWERefused(.decryption) { try decrypter.decrypt(token(n, c, Array(tag[..<16]))) }
    }
    // The other half, and the whole.
    let whole = mac(a, n, c, bits(a.count * 8))
    assertJWERefused(.decryption) { try decrypter.decrypt(token(n, c, Array(whole[16...]))) }
    assertJWERefused(.segmentLength(.tag)) { try decrypter.decrypt(token(n, c, whole)) }
  }

  /// Without the length field, bytes could move from the header into the vector and back.
  func testBytesDoNotMoveBetweenHeaderAndVector() throws {
    let made = try sealed(key)
    let a = Array(header.utf8)
    let moved = Array(a.suffix(16))
    let tag = Array(mac(a, made.nonce, made.ciphertext, bits(a.count * 8))[..<16])
    assertJWERefused(.decryption) {
      try decrypter.decrypt(token(moved, made.nonce + made.ciphertext, tag))
    }
  }

  func testTheHalvesOfTheKeyAreNotSwapped() throws {
    let made = try sealed(Array(key[16...] + key[..<16]))
    assertJWERefused(.decryption) {
      try decrypter.decrypt(token(made.nonce, made.ciphertext, made.tag))
    }
  }

  /// Under a right tag too, bad padding says no more than a wrong tag does.
  func testPaddingAnswersNothing() throws {
    let made = try sealed(key, [UInt8](repeating: 7, count: 40))
    let a = Array(header.utf8)
    // The next to last block is the last one's vector: its changes show in the padding.
    for (index, change) in (0..<16).flatMap({ index in (1...4).map { (index, UInt8($0)) } }) {
      var ciphertext = made.ciphertext
      ciphertext[ciphertext.count - 32 + index] ^= change
      assertJWERefused(.decryption) {
        try decrypter.decrypt(token(made.nonce, ciphertext, made.tag))
      }
    }
    for length in [0, 1, 15, 17, 32] {
      let ciphertext = Random.bytes(length)
      let tag = Array(mac(a, made.nonce, ciphertext, bits(a.count * 8))[..<16])
      assertJWERefused(.decryption) {
        try decrypter.decrypt(token(made.nonce, ciphertext, tag))
      }
    }
  }
}
