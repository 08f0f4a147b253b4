import HTTP
import XCTest

/// Chunked content comes out whole, and nothing but content comes out.
final class ChunkedDecoderTests: XCTestCase {
  private struct Decoded: Equatable {
    var content: [UInt8] = []
    var end: Int?
    var fault: MessageFault?
  }

  func testContentComesOutHoweverItIsCut() {
    let cases: [(coded: String, content: String)] = [
      ("0\r\n\r\n", ""),
      ("5\r\nhello\r\n0\r\n\r\n", "hello"),
      ("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", "hello!"),
      ("0005\r\nhello\r\n00\r\n\r\n", "hello"),
      ("a;x=y;z=\"q;\"\r\n0123456789\r\n0;last\r\n\r\n", "0123456789"),
      (
        "A\r\n\r\n\r\n\r\n\r\n\r\n\r\n0\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n",
        "\r\n\r\n\r\n\r\n\r\n"
      ),
    ]
    for (coded, content) in cases {
      let bytes = latin1(coded + "NEXT")
      for cut in 0...bytes.count {
        let decoded = decode(bytes, cuts: [cut])
        XCTAssertEqual(decoded.content, latin1(content), "\(coded.debugDescription) at \(cut)")
        XCTAssertEqual(decoded.end, bytes.count - 4, coded.debugDescription)
      }
      XCTAssertEqual(
        decode(bytes, cuts: Array(0..<bytes.count)), decode(bytes), coded.debugDescription)
    }
  }

  func testWhatIsNotExactIsRefusedHoweverItIsCut() {
    let cases: [(coded: String, fault: MessageFault)] = [
      ("5\nhello\r\n0\r\n\r\n", .bareLineFeed),
      ("5\r\nhello\n0\r\n\r\n", .invalidChunkEnd),
      ("5\r\nhello!\r\n0\r\n\r\n", .invalidChunkEnd),
      ("5\r\nhell\r\n0\r\n\r\n", .invalidChunkEnd),
      ("5\r\nhello0\r\n\r\n", .invalidChunkEnd),
      ("5 \r\nhello\r\n0\r\n\r\n", .invalidChunkSize),
      (" 5\r\nhello\r\n0\r\n\r\n", .invalidChunkSize),
      ("0x5\r\nhello\r\n0\r\n\r\n", .invalidChunkSize),
      ("+5\r\nhello\r\n0\r\n\r\n", .invalidChunkSize),
      ("-1\r\n", .invalidChunkSize),
      ("\r\n", .invalidChunkSize),
      (";x\r\n", .invalidChunkSize),
      ("5_0\r\n", .invalidChunkSize),
      ("8000000000000000\r\n", .invalidChunkSize),
      ("FFFFFFFFFFFFFFFF\r\n", .invalidChunkSize),
      ("10000000000000005\r\n", .invalidChunkSize),
      ("00000000000000005\r\n", .invalidChunkSize),
      ("5\rhello\r\n", .bareCarriageReturn),
      ("5;a\nb\r\nhello\r\n", .bareLineFeed),
      ("5;a\u{0}\r\n", .invalidChunkSize),
      ("5;a\rb\r\n", .bareCarriageReturn),
      ("0\r\n\n", .bareLineFeed),
      ("0\r\nX: y\n\r\n", .bareLineFeed),
      ("0\r\nX : y\r\n\r\n", .spaceBeforeColon),
      ("0\r\n X: y\r\n\r\n", .lineFolding),
      ("0\r\nX: y\r\n z\r\n\r\n", .lineFolding),
      ("0\r\nGET / HTTP/1.1\r\n\r\n", .spaceBeforeColon),
      ("0\r\nX: \u{0}\r\n\r\n", .invalidFieldValue),
      ("0\r\n\rX", .bareCarriageReturn),
    ]
    for (coded, expected) in cases {
      let bytes = latin1(coded)
      for cut in 0...bytes.count {
        XCTAssertEqual(
          decode(bytes, cuts: [cut]).fault, expected, "\(coded.debugDescription) at \(cut)")
      }
    }
  }

  func testExtensionsAndTrailersAreBoundedInAll() {
    let extended = "1;" + String(repeating: "x", count: 1_024) + "\r\na\r\n"
    XCTAssertNil(decode(latin1(String(repeating: extended, count: 4) + "0\r\n\r\n")).fault)
    XCTAssertEqual(
      decode(latin1(String(repeating: extended, count: 4) + "0;x\r\n\r\n")).fault,
      .chunkExtensionTooLong)
    let line = "X: " + String(repeating: "x", count: 1_019) + "\r\n"
    XCTAssertNil(
      decode(latin1("0\r\n" + String(repeating: line, count: 7) + "\r\n")).fault)
    XCTAssertEqual(
      decode(latin1("0\r\n" + String(repeating: line, count: 8) + "\r\n")).fault, .trailersTooLong)
  }

  func testWhatIsFramedIsDecoded() {
    let content = Array("some content".utf8)
    var bytes: [UInt8] = []
    ChunkFraming.appendHead(of: content.count, to: &bytes)
    bytes += content + ChunkFraming.chunkEnd + ChunkFraming.end
    XCTAssertEqual(decode(bytes), Decoded(content: content, end: bytes.count))
  }

  /// Decodes bytes that arrive in pieces which end at the given positions.
  private func decode(_ bytes: [UInt8], cuts: [Int] = []) -> Decoded {
    var decoder = ChunkedDecoder()
    var decoded = Decoded()
    var start = 0
    for end in cuts + [bytes.count] {
      let piece = Array(bytes[start..<end])
      var position = 0
      do throws(MessageFault) {
        reading: while true {
          switch try decoder.next(in: piece.span, from: position) {
          case .incomplete:
            break reading
          case .data(let range):
            decoded.content += piece[range]
            position = range.upperBound
          case .end(let position):
            decoded.end = start + position
            return decoded
          }
        }
      } catch {
        decoded.fault = error
        return decoded
      }
      start = end
    }
    return decoded
  }
}
