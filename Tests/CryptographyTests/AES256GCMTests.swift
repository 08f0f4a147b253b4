import Cryptography
import Diagnostics
import XCTest

final class AES256GCMTests: XCTestCase {
  private let key = Secret([UInt8](0..<32))

  func testAnyChangeOfBoxContextOrKeyIsRefused() throws {
    let cipher = try AES256GCM(key: key)
    let box = try cipher.seal(Array("secret".utf8), additionalData: [1, 2])
    for index in box.indices {
      var altered = box
      altered[index] ^= 1
      XCTAssertThrowsError(try cipher.open(altered, additionalData: [1, 2])) {
        XCTAssertEqual($0 as? CryptographyError, .notAuthentic)
      }
    }
    XCTAssertThrowsError(try cipher.open(box, additionalData: [1, 3]))
    XCTAssertThrowsError(try cipher.open(box, additionalData: []))
    let other = try AES256GCM(key: Secret([UInt8](1..<33)))
    XCTAssertThrowsError(try other.open(box, additionalData: [1, 2]))
  }

  func testEveryTruncationIsRefused() throws {
    let cipher = try AES256GCM(key: key)
    let box = try cipher.seal(Array("secret".utf8), additionalData: [])
    for length in 0..<box.count {
      XCTAssertThrowsError(try cipher.open(Array(box[..<length]), additionalData: []))
    }
  }

  func testKeysOfOtherLengthsAreRefused() {
    for length in [0, 16, 31, 33] {
      XCTAssertThrowsError(try AES256GCM(key: Secret([UInt8](repeating: 1, count: length))))
    }
  }

  func testOpensWhatWasSealedAndEachBoxDiffers() throws {
    let cipher = try AES256GCM(key: key)
    for length in [0, 1, 15, 16, 17, 1000] {
      let plaintext = Random.bytes(length)
      let box = try cipher.seal(plaintext, additionalData: [7])
      XCTAssertEqual(try cipher.open(box, additionalData: [7]), plaintext)
      XCTAssertNotEqual(try cipher.seal(plaintext, additionalData: [7]), box)
    }
  }

  /// Test case 16 of the GCM specification (McGrew and Viega).
  func testOpensThePublishedVector() throws {
    let cipher = try AES256GCM(
      key: Secret(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")))
    let ciphertext = """
      522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
      8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
      """
    let box =
      hex("cafebabefacedbaddecaf888") + hex(ciphertext)
      + hex("76fc6ece0f4e1768cddf8853bb2d551b")
    let plaintext = try cipher.open(
      box, additionalData: hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
    XCTAssertEqual(
      plaintext,
      hex(
        """
        d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
        1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
        """))
  }
}
