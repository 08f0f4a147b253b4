import Diagnostics
import HTTP
import XCTest

/// Names and values that could split a message cannot be made.
final class MessageValueTests: XCTestCase {
  func testFieldValueCannotEndALine() {
    for text in ["a\r\nb", "a\nb", "a\rb", "a\u{0}b", "a\u{7f}", "\u{1}", " a", "a ", "\ta"] {
      XCTAssertNil(FieldValue(text), text.debugDescription)
    }
    for text in ["", "a", "a b", "a\tb", "é", "\"a\""] {
      XCTAssertEqual(FieldValue(text)?.text, text)
    }
  }

  func testNamesAndMethodsAreTokens() {
    for text in ["", "a b", "a:", "a\r\n", "é", "a\u{0}", "(a)"] {
      XCTAssertNil(FieldName(text), text.debugDescription)
      XCTAssertNil(Method(rawValue: text), text.debugDescription)
    }
    XCTAssertEqual(FieldName("X-Request-ID"), .requestID)
    XCTAssertNotEqual(Method(rawValue: "get"), .get)
  }

  func testFieldsKeepOrderAndRepeats() {
    var fields = Fields([.setCookie: "a", .date: "b", .setCookie: "c"])
    XCTAssertEqual(fields[.setCookie], "a")
    XCTAssertEqual(fields.all(.setCookie), ["a", "c"])
    XCTAssertEqual(fields.count(of: .setCookie), 2)
    fields.set(.setCookie, "d")
    XCTAssertEqual(fields.all.map(\.value.text), ["b", "d"])
    fields.remove(.date)
    XCTAssertNil(fields[.date])
  }

  func testStatusIsOfThreeDigits() {
    XCTAssertNil(Status(code: 99))
    XCTAssertNil(Status(code: 600))
    XCTAssertEqual(Status(code: 404), .notFound)
    XCTAssertEqual(Status.fieldsTooLarge.description, "431 Request Header Fields Too Large")
  }

  func testChallengeIsQuoted() {
    XCTAssertEqual(Challenge(.bearer).fieldValue, "Bearer")
    XCTAssertEqual(
      Challenge(.bearer).with("realm", "a \"b\" \\c").with("error", "invalid_token").fieldValue,
      "Bearer realm=\"a \\\"b\\\" \\\\c\", error=\"invalid_token\"")
    XCTAssertEqual(
      Challenge(.basic).with("realm", "a\r\nX: é").fieldValue, "Basic realm=\"a??X: ?\"")
  }

  func testMediaTypeIsReadWhole() {
    for text in [
      "", "a", "a/", "/b", "a/b;", "a/b; x", "a/b; x=", "a/b c", "a/b; x=\"y", "a/b,c/d",
    ] {
      XCTAssertNil(MediaType(text), text)
    }
    XCTAssertEqual(MediaType("Application/JSON")?.essence, "application/json")
    let type = MediaType("text/html ; Charset=\"utf\\-8\";x=y")
    XCTAssertEqual(type?["charset"], "utf-8")
    XCTAssertEqual(type?["x"], "y")
    XCTAssertEqual(MediaType("application/x-www-form-urlencoded")?.isForm, true)
    XCTAssertEqual(MediaType("application/x-www-form-urlencoded; charset=UTF-8")?.isForm, true)
    XCTAssertEqual(MediaType("application/x-www-form-urlencoded; charset=utf-16")?.isForm, false)
    XCTAssertEqual(MediaType("text/plain")?.isForm, false)
  }

  func testPeerAddressPrintsAsRFC5952() {
    let cases: [(host: PeerAddress.Host, text: String)] = [
      (.ipv4(0xc000_0201), "192.0.2.1:80"),
      (.ipv6(high: 0, low: 1), "[::1]:80"),
      (.ipv6(high: 0, low: 0), "[::]:80"),
      (.ipv6(high: 0x2001_0db8_0000_0000, low: 1), "[2001:db8::1]:80"),
      (.ipv6(high: 0x2001_0db8_0000_0001, low: 0x0001_0001_0001_0001), "[2001:db8:0:1:1:1:1:1]:80"),
      (.ipv6(high: 0x2001_0000_0000_0001, low: 0x0000_0000_0000_0001), "[2001:0:0:1::1]:80"),
      (.ipv6(high: 0x2001_0db8_0000_0000, low: 0x0001_0000_0000_0001), "[2001:db8::1:0:0:1]:80"),
      (.ipv6(high: 0, low: 0x0000_ffff_c000_0201), "192.0.2.1:80"),
      (.unix(user: 1000), "unix:1000"),
    ]
    for (host, text) in cases {
      XCTAssertEqual(PeerAddress(host: host, port: 80).description, text)
    }
    XCTAssertTrue(PeerAddress(host: .ipv4(0x7f00_0001), port: 1).isLocal)
    XCTAssertTrue(PeerAddress(host: .ipv6(high: 0, low: 0xffff_7f00_0001), port: 1).isLocal)
    XCTAssertFalse(PeerAddress(host: .ipv4(0x0a00_0001), port: 1).isLocal)
  }
}
