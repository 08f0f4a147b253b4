import HTTP
import ReverseProxy
import XCTest

/// An upstream's answer goes on without what belongs to its hop or to us.
final class ResponseFieldsTests: XCTestCase {
  func testFieldsOfTheHopAndOursEndHere() throws {
    let passed = try passed([
      "Connection: X-Private", "X-Private: evil", "Keep-Alive: evil", "Trailer: evil",
      "Upgrade: evil",
      "Proxy-Authenticate: evil", "X-Request-Id: evil", "Content-Length: 3", "Date: now",
      "X-Public: kept", "Vary: a", "Vary: b",
    ])
    XCTAssertEqual(passed, "Date: now\r\nX-Public: kept\r\nVary: a\r\nVary: b\r\n")
  }

  func testUpstreamCannotSetOurCookies() throws {
    for cookie in [
      "__Host-sallyport=x; Path=/; Secure", "__host-Sallyport-session=x", "sallyport=1",
      " __Secure-sallyport =x", "=__Host-sallyport=x", "__Host-sallyport",
    ] {
      XCTAssertEqual(try passed(["Set-Cookie: \(cookie)"]), "", cookie)
    }
    for cookie in ["a=b; Path=/", "not-sallyport=x", "a=__Host-sallyport"] {
      XCTAssertEqual(try passed(["Set-Cookie: \(cookie)"]), "Set-Cookie: \(cookie)\r\n")
    }
  }

  func testLengthStaysWhereItSaysWhatContentThereWouldBe() throws {
    XCTAssertEqual(
      try passed(["Content-Length: 3"], answersHead: true), "Content-Length: 3\r\n")
    XCTAssertEqual(
      try passed(["Content-Length: 3"], status: "304"), "Content-Length: 3\r\n")
    XCTAssertEqual(try passed(["Content-Length: 3"], status: "204"), "")
  }

  private func passed(
    _ fields: [String], status: String = "200", answersHead: Bool = false
  ) throws -> String {
    let lines = ["HTTP/1.1 \(status) X"] + fields
    let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    var parser = ResponseHeadParser()
    XCTAssertTrue(try parser.parse(bytes.span, answersHead: answersHead))
    var writer = HeadWriter()
    writer.appendPassingFields(of: parser.head, answersHead: answersHead, in: bytes.span)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
