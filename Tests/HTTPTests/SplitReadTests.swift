import HTTP
import XCTest

/// How bytes arrive never changes what they say.
final class SplitReadTests: XCTestCase {
  private static let heads = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "\r\nPOST /a/../%61?q HTTP/1.1\r\nHost: a:1\r\nContent-Length: 5\r\nX:  y \r\n\r\nhello",
    "PUT //x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: x, close\r\n\r\n0\r\n",
    "GET http://a/ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n folded: y\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n",
    "GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /toolongtoolongtoolongtoolongtoolong HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: toolongtoolongtoolongtoolongtoolong\r\n\u{0}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE : 5\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nAAAA: 1234567\r\nBBBBBBB: 234567\r\nCCCCCCC: 3\r\nDDDDDDDDDDDDD",
    "GET / HTTP/1.1\r\nHost: a",
  ]
  private static let limits = [
    HeadLimits(),
    HeadLimits(headBytes: 90, targetBytes: 30, fieldBytes: 30, fieldCount: 5),
  ]

  func testAnyCutInTwoGivesTheSameHead() {
    for limits in Self.limits {
      for text in Self.heads {
        let bytes = latin1(text)
        let whole = parse(bytes, limits: limits)
        for cut in 0...bytes.count {
          XCTAssertEqual(
            parse(bytes, cuts: [cut], limits: limits), whole, "\(text.debugDescription) at \(cut)")
        }
      }
    }
  }

  func testByteByByteGivesTheSameHead() {
    for limits in Self.limits {
      for text in Self.heads {
        let bytes = latin1(text)
        XCTAssertEqual(
          parse(bytes, cuts: Array(0..<bytes.count), limits: limits), parse(bytes, limits: limits),
          text.debugDescription)
      }
    }
  }

  func testDamagedHeadsGiveTheSameAnswerHoweverTheyAreCut() {
    var random = SplitMix(state: 0x5a11_7907)
    for _ in 0..<4_000 {
      var bytes = latin1(Self.heads.randomElement(using: &random) ?? "")
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        damage(&bytes, &random)
      }
      let limits = Self.limits.randomElement(using: &random) ?? HeadLimits()
      let cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
      XCTAssertEqual(
        parse(bytes, cuts: cuts, limits: limits), parse(bytes, limits: limits), "\(bytes) \(cuts)")
    }
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let interesting: [UInt8] = Array("\r\n\t :,;/.%?#*\\25eE0aGH".utf8) + [0, 0x7f, 0x80, 0xff]
    let position = Int.random(in: 0..<bytes.count, using: &random)
    let byte = interesting.randomElement(using: &random) ?? 0
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes[position] = byte
    case 1: bytes.insert(byte, at: position)
    default: if bytes.count > 1 { bytes.remove(at: position) }
    }
  }
}

/// A generator that gives the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
