import Cryptography
import XCTest

final class Base64Tests: XCTestCase {
  func testRefusesWhatEncodingNeverMakes() {
    let refused = [
      "A", "AAAAA", "Zg==", "Zm8=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm+v", "Zm/v", "Zh", "Zm9", "Zg=",
      "=", "Zm9vé",
    ]
    for text in refused { XCTAssertNil(Base64.url.decode(text), text) }
    let refusedByStandard = [
      "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "====", "=", "Z===", "Zm9v====", "Zg==Zg==",
      "Zm-v", "Zm_v", "Zm9v\r\n",
    ]
    for text in refusedByStandard { XCTAssertNil(Base64.standard.decode(text), text) }
  }

  func testVectorsOfRFC4648() {
    let vectors = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
    for (plain, text) in vectors {
      let bytes = Array(plain.utf8)
      XCTAssertEqual(Base64.standard.encode(bytes), text)
      XCTAssertEqual(Base64.standard.decode(text), bytes)
      let bare = String(text.prefix { $0 != "=" })
      XCTAssertEqual(Base64.url.encode(bytes), bare)
      XCTAssertEqual(Base64.url.decode(bare), bytes)
    }
    XCTAssertEqual(Base64.url.encode([0xfb, 0xff, 0xbf]), "-_-_")
    XCTAssertEqual(Base64.standard.encode([0xfb, 0xff, 0xbf]), "+/+/")
  }

  func testEveryLengthReturnsAndOnlyTheCanonicalTextIsTaken() {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    for length in 0..<70 {
      let bytes = Random.bytes(length)
      let text = Base64.url.encode(bytes)
      XCTAssertEqual(text.utf8.count, Base64.url.encodedLength(length))
      XCTAssertEqual(Base64.url.decode(text), bytes)
      guard length % 3 != 0 else { continue }
      let others = alphabet.filter { $0 != text.last }.map { text.dropLast() + String($0) }
      for other in others {
        if let decoded = Base64.url.decode(other) { XCTAssertNotEqual(decoded, bytes) }
      }
    }
  }

  func testScratchGrowsAndIsNotCleared() {
    var scratch: [UInt8] = []
    XCTAssertEqual(Base64.url.decode(Array("Zm9vYmFy".utf8).span, into: &scratch), 6)
    XCTAssertEqual(Base64.url.decode(Array("Zg".utf8).span, into: &scratch), 1)
    XCTAssertEqual(scratch, Array("foobar".utf8))
  }
}
