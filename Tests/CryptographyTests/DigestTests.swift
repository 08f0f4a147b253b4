import Cryptography
import Diagnostics
import Foundation
import XCTest

final class DigestTests: XCTestCase {
  func testVectorsOfFIPS180() {
    let abc = Array("abc".utf8)
    XCTAssertEqual(
      SHA256.digest(abc).bytes,
      hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
    XCTAssertEqual(DigestAlgorithm.sha256.digest(abc), SHA256.digest(abc).bytes)
    XCTAssertEqual(
      SHA256.digest([]).bytes,
      hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    XCTAssertEqual(
      DigestAlgorithm.sha384.digest(abc),
      hex(
        """
        cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed
        8086072ba1e7cc2358baeca134c825a7
        """))
    XCTAssertEqual(
      DigestAlgorithm.sha512.digest(abc),
      hex(
        """
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
        2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
        """))
  }

  func testThreadsDigestWithoutDisturbingEachOther() {
    let expected = (0..<64).map { SHA256.digest([UInt8](repeating: UInt8($0), count: 1000)) }
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for round in 0..<500 {
        let index = round % expected.count
        let digest = SHA256.digest([UInt8](repeating: UInt8(index), count: 1000))
        XCTAssertEqual(digest, expected[index])
      }
    }
  }

  func testDigestsAreTakenApartAndPutTogether() {
    let digest = SHA256.digest([1, 2, 3])
    XCTAssertEqual(Digest256(digest.bytes), digest)
    XCTAssertNil(Digest256([UInt8](repeating: 0, count: 31)))
    XCTAssertNil(Digest256([UInt8](repeating: 0, count: 33)))
    XCTAssertTrue(constantTimeEqual(digest, SHA256.digest([1, 2, 3])))
    XCTAssertFalse(constantTimeEqual(digest, SHA256.digest([1, 2, 4])))
  }

  func testHMACVectorsOfRFC4231() {
    XCTAssertEqual(
      HMACSHA256.tag(Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20)).bytes,
      hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"))
    let message = Array("what do ya want for nothing?".utf8)
    let jefe = HMAC(.sha256, key: Secret(Array("Jefe".utf8)))
    for _ in 0..<3 {
      XCTAssertEqual(
        jefe.tag(message.span),
        hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"))
    }
    XCTAssertEqual(
      HMACSHA256.tag([], key: []).bytes,
      hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"))
  }

  func testHKDFVectorsOfRFC5869() throws {
    let first = try HKDF.derive(
      from: Secret([UInt8](repeating: 0x0b, count: 22)), salt: hex("000102030405060708090a0b0c"),
      info: hex("f0f1f2f3f4f5f6f7f8f9"), length: 42)
    XCTAssertEqual(
      first.reveal(),
      hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"))
    let third = try HKDF.derive(
      from: Secret([UInt8](repeating: 0x0b, count: 22)), info: [], length: 42)
    XCTAssertEqual(
      third.reveal(),
      hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"))
    XCTAssertThrowsError(try HKDF.derive(from: Secret([1]), info: [], length: 255 * 32 + 1))
  }

  func testConstantTimeEqualityIsEquality() {
    XCTAssertFalse(constantTimeEqual([1, 2], [1, 2, 3]))
    XCTAssertFalse(constantTimeEqual([1, 2, 3], [1, 2, 4]))
    XCTAssertTrue(constantTimeEqual([1, 2, 3], [1, 2, 3]))
    XCTAssertTrue(constantTimeEqual([], []))
  }

  func testRandomBytesDiffer() {
    XCTAssertNotEqual(Random.bytes(32), Random.bytes(32))
    XCTAssertEqual(Random.bytes(0), [])
    XCTAssertFalse(Random.words() == Random.words())
  }
}
