import HTTP
import XCTest

/// An upstream's answer is believed only when it can be read in one way.
final class ResponseHeadTests: XCTestCase {
  func testFramingFollowsStatusMethodAndFields() throws {
    let cases: [(head: String, toHead: Bool, framing: BodyFraming, lives: Bool)] = [
      ("HTTP/1.1 200 OK\r\n\r\n", false, .untilClose, false),
      ("HTTP/1.1 200 OK\r\n\r\n", true, .empty, true),
      ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", false, .length(3), true),
      ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", true, .empty, true),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false, .chunked, true),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", true, .empty, true),
      ("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n", false, .empty, true),
      ("HTTP/1.1 304 \r\n\r\n", false, .empty, true),
      ("HTTP/1.1 100 Continue\r\n\r\n", false, .empty, true),
      ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", false, .length(0), true),
      (
        "HTTP/1.1 500 \u{e9}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false, .length(0),
        false
      ),
      ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n", false, .length(1), false),
      (
        "HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n", false, .length(1),
        true
      ),
    ]
    for (text, toHead, framing, lives) in cases {
      let bytes = latin1(text)
      var parser = ResponseHeadParser()
      XCTAssertTrue(try parser.parse(bytes.span, answersHead: toHead), text)
      XCTAssertEqual(parser.head.framing, framing, text)
      XCTAssertEqual(parser.head.isPersistent, lives, text)
      XCTAssertEqual(parser.head.length, bytes.count)
    }
  }

  func testAmbiguousAnswersAreRefusedHoweverTheyAreCut() {
    let cases: [(head: String, fault: MessageFault)] = [
      ("HTTP/1.1 200 OK\n\r\n", .bareLineFeed),
      ("HTTP/1.1 200 O\rK\r\n\r\n", .bareCarriageReturn),
      ("HTTP/1.1  200 OK\r\n\r\n", .invalidStatusLine),
      ("HTTP/1.1 20 OK\r\n\r\n", .invalidStatusLine),
      ("HTTP/1.1 2000 OK\r\n\r\n", .invalidStatusLine),
      ("HTTP/1.1 099 OK\r\n\r\n", .invalidStatusLine),
      ("HTTP/1.1 600 OK\r\n\r\n", .invalidStatusLine),
      ("HTTP/1.1 200 O\u{0}K\r\n\r\n", .invalidStatusLine),
      ("HTTP/2.0 200 OK\r\n\r\n", .versionNotSupported),
      ("ICY 200 OK\r\n\r\n", .invalidVersion),
      ("\r\nHTTP/1.1 200 OK\r\n\r\n", .invalidVersion),
      ("HTTP/1.1 200 OK\r\nX : y\r\n\r\n", .spaceBeforeColon),
      ("HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n", .lineFolding),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .repeatedContentLength),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", .invalidContentLength),
      (
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        .contentLengthWithTransferEncoding
      ),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .transferEncodingNotChunked),
      ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingInOldVersion),
    ]
    for (text, expected) in cases {
      let bytes = latin1(text)
      for cut in 0...bytes.count {
        XCTAssertEqual(fault(of: bytes, cut: cut), expected, "\(text.debugDescription) at \(cut)")
      }
    }
  }

  private func fault(of bytes: [UInt8], cut: Int) -> MessageFault? {
    var parser = ResponseHeadParser()
    do throws(MessageFault) {
      let part = Array(bytes[..<cut])
      if try parser.parse(part.span, answersHead: false) { return nil }
      _ = try parser.parse(bytes.span, answersHead: false)
      return nil
    } catch {
      return error
    }
  }
}
