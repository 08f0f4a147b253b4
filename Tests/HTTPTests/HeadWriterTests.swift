import Diagnostics
import HTTP
import XCTest

/// What is written is what the parser of the next hop reads.
final class HeadWriterTests: XCTestCase {
  func testResponseHeadIsWritten() {
    var writer = HeadWriter()
    var dates = HTTPDateCache()
    writer.begin(.ok)
    writer.append(dateAt: UnixTime(seconds: 784_111_777), &dates)
    writer.append(.requestID, RequestID(high: 0x0123_4567_89ab_cdef, low: 10))
    writer.append(.contentLength, 1_205)
    writer.append(Fields([.server: "x", .setCookie: "a=b"]))
    writer.end()
    XCTAssertEqual(
      String(decoding: writer.bytes, as: UTF8.self),
      "HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        + "x-request-id: 0123456789abcdef000000000000000a\r\ncontent-length: 1205\r\n"
        + "server: x\r\nset-cookie: a=b\r\n\r\n")
    writer.removeAll()
    writer.begin(.noContent)
    writer.append(.contentLength, 0)
    XCTAssertEqual(
      String(decoding: writer.bytes, as: UTF8.self),
      "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n")
  }

  func testRequestIsPassedOnWithItsCanonicalPath() throws {
    let bytes = latin1("GET http://a/x/../%61b?q=1 HTTP/1.0\r\nHost: a\r\nX-Y:  z\r\n\r\n")
    var parser = RequestHeadParser()
    XCTAssertTrue(try parser.parse(bytes.span))
    var writer = HeadWriter()
    writer.begin(parser.head, in: bytes.span)
    for field in parser.head.fields.slots { writer.append(field, of: bytes.span) }
    writer.append(.forwarded, parser.head.fields.slots[0].value, of: bytes.span)
    writer.end()
    XCTAssertEqual(
      String(decoding: writer.bytes, as: UTF8.self),
      "GET /ab?q=1 HTTP/1.1\r\nHost: a\r\nX-Y: z\r\nforwarded: a\r\n\r\n")
    guard case .head(let again) = parse(writer.bytes) else { return XCTFail("not read again") }
    XCTAssertEqual(again.path, "/ab")
  }

  func testValueIsPutTogetherFromPieces() {
    let cases: [(host: PeerAddress.Host, text: String)] = [
      (.ipv4(0xff00_0a64), "255.0.10.100"), (.ipv6(high: 0x2001_0db8 << 32, low: 1), "2001:db8::1"),
      (.unix(user: 0), "unix:0"),
    ]
    for (host, text) in cases {
      var writer = HeadWriter()
      writer.beginField(.via)
      writer.add(literal: "1.1 x ")
      writer.add(host)
      writer.add(escaping: " %\r\né~")
      writer.add("z")
      writer.endField()
      XCTAssertEqual(
        String(decoding: writer.bytes, as: UTF8.self),
        "via: 1.1 x \(text)%20%25%0D%0A%C3%A9~z\r\n")
    }
  }

  func testDateIsMadeAnewEachSecond() {
    var dates = HTTPDateCache()
    let first = dates.text(at: UnixTime(milliseconds: 1_000_500))
    XCTAssertEqual(dates.text(at: UnixTime(milliseconds: 1_000_999)), first)
    XCTAssertNotEqual(dates.text(at: UnixTime(milliseconds: 1_001_000)), first)
  }
}
