import HTTP
import XCTest

/// Every request that two programs could read in two ways is refused, with the fault that says why.
final class RequestHeadRefusalTests: XCTestCase {
  private typealias Case = (request: String, fault: MessageFault)

  func testLinesEndOnlyInCRLF() {
    refuse([
      ("GET / HTTP/1.1\nHost: a\r\n\r\n", .bareLineFeed),
      ("GET / HTTP/1.1\r\nHost: a\n\r\n", .bareLineFeed),
      ("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
      ("GET / HTTP/1.1\r\nHost\n: a\r\n\r\n", .bareLineFeed),
      ("GET / HTTP/1.1\rHost: a\r\n\r\n", .bareCarriageReturn),
      ("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", .bareCarriageReturn),
      ("GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", .bareCarriageReturn),
      ("GET / HTTP/1.1\r\nHost: a\r\n\rX: b\r\n\r\n", .bareCarriageReturn),
      ("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
      ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
    ])
  }

  func testRequestLineHasThreePartsAndOneSpaceBetween() {
    refuse([
      (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
      ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
      ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("GET /\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
      ("GET /\r\n", .invalidVersion),
      ("\u{16}\u{3}\u{1}", .invalidMethod),
      (String(repeating: "A", count: 33), .methodTooLong),
      ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", .connectNotSupported),
    ])
  }

  func testVersionIsOneOfTwo() {
    refuse([
      ("GET / HTTP/0.9\r\nHost: a\r\n\r\n", .versionNotSupported),
      ("GET / HTTP/1.2\r\nHost: a\r\n\r\n", .versionNotSupported),
      ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", .versionNotSupported),
      ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .versionNotSupported),
      ("GET / http/1.1\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET / HTTP/1\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET / HTTP/11.1\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET / HTTPS/1.1\r\nHost: a\r\n\r\n", .invalidVersion),
      ("GET / HTTP/+1.1\r\nHost: a\r\n\r\n", .invalidVersion),
    ])
  }

  func testFieldLinesAreExact() {
    refuse([
      field(" X: y", .lineFolding),
      field("X: y\r\n folded", .lineFolding),
      field("X: y\r\n\tfolded", .lineFolding),
      field("X : y", .spaceBeforeColon),
      field("X\t: y", .spaceBeforeColon),
      field("Transfer-Encoding : chunked", .spaceBeforeColon),
      field(": y", .invalidFieldName),
      field("X", .invalidFieldName),
      field("X\u{0}: y", .invalidFieldName),
      field("X(Y: y", .invalidFieldName),
      field("\u{e9}: y", .invalidFieldName),
      field("\"X\": y", .invalidFieldName),
      field("X: a\u{0}b", .invalidFieldValue),
      field("X: a\u{1}b", .invalidFieldValue),
      field("X: a\u{b}b", .invalidFieldValue),
      field("X: a\u{7f}b", .invalidFieldValue),
    ])
  }

  func testHostIsThereOnceAndWhole() {
    refuse([
      ("GET / HTTP/1.1\r\n\r\n", .missingHost),
      ("GET / HTTP/1.1\r\nX-Host: a\r\n\r\n", .missingHost),
      field("Host: a", .repeatedHost),
      field("host: b", .repeatedHost),
    ])
    for host in [
      "", "a b", "a,b", "a/b", "a@b", "a?b", "a#b", "a\\b", "user:pass@a", "a:", "a:x", "a:-1",
      "a:99999", "a:65536", "a:080000", "a:80:80", ":80", "[::1", "[]", "[::1]x", "[::1]:",
      "[g::1]", "a%20b", "a%00", "a\tb", "a\u{e9}", "http://a", "*", "a;b", "a!b",
      ".", ".a", "a..", "a..b", "a..:80",
    ] {
      refuse([("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", .invalidHost)])
    }
  }

  func testTargetAgreesWithHost() {
    refuse([
      ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", .targetDisagreesWithHost),
      ("GET http://a:80/ HTTP/1.1\r\nHost: a\r\n\r\n", .targetDisagreesWithHost),
      ("GET http://a/ HTTP/1.1\r\n\r\n", .missingHost),
      ("GET http://a/ HTTP/1.0\r\n\r\n", .missingHost),
      ("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", .invalidHost),
      ("GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n", .invalidHost),
      ("GET http:// HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("GET a/b HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("OPTIONS *x HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
      ("GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", .fragmentInTarget),
      ("GET /?a#x HTTP/1.1\r\nHost: a\r\n\r\n", .fragmentInTarget),
      ("GET http://a#x HTTP/1.1\r\nHost: a\r\n\r\n", .invalidHost),
    ])
  }

  func testFramingIsSaidOnce() {
    refuse([
      field("Content-Length: 1\r\nContent-Length: 1", .repeatedContentLength),
      field("Content-Length: 1\r\nContent-Length: 2", .repeatedContentLength),
      field("Content-Length: 1, 1", .invalidContentLength),
      field("Content-Length: 1,2", .invalidContentLength),
      field("Content-Length: +1", .invalidContentLength),
      field("Content-Length: -1", .invalidContentLength),
      field("Content-Length: 1 1", .invalidContentLength),
      field("Content-Length: 0x10", .invalidContentLength),
      field("Content-Length: 1.0", .invalidContentLength),
      field("Content-Length:", .invalidContentLength),
      field("Content-Length: 9223372036854775808", .invalidContentLength),
      field("Content-Length: 18446744073709551617", .invalidContentLength),
      field("Content-Length: 1\r\nTransfer-Encoding: chunked", .contentLengthWithTransferEncoding),
      field("Transfer-Encoding: chunked\r\nContent-Length: 0", .contentLengthWithTransferEncoding),
      field(
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .repeatedTransferEncoding),
      field("Transfer-Encoding: chunked\r\nTransfer-Encoding: x", .repeatedTransferEncoding),
      ("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingInOldVersion),
    ])
    for coding in [
      "", "gzip", "chunked, gzip", "chunked, chunked", "identity", "xchunked", "chunked;q=1",
      "\"chunked\"", ",chunked", "chunked,",
    ] {
      refuse([field("Transfer-Encoding: \(coding)", .transferEncodingNotChunked)])
    }
    refuse([field("Transfer-Encoding: gzip, chunked", .transferEncodingNotSupported)])
    // RFC 9112 6.3: without chunked at the end 400; with it, before an unknown coding, 6.1: 501.
    XCTAssertEqual(MessageFault.transferEncodingNotChunked.status, .badRequest)
    XCTAssertEqual(MessageFault.transferEncodingNotSupported.status, .notImplemented)
  }

  func testConnectionAndExpectationAreUnderstood() {
    refuse([
      field("Connection: a b", .invalidConnection),
      field("Connection: close;x", .invalidConnection),
      field("Expect: 200-ok", .expectationNotSupported),
      field("Expect: 100-continue, x", .expectationNotSupported),
      field("Expect: 100-continue\r\nExpect: 100-continue", .expectationNotSupported),
    ])
  }

  func testEveryLimitIsHeldAtItsLastByte() {
    let limits = HeadLimits(headBytes: 200, targetBytes: 20, fieldBytes: 60, fieldCount: 3)
    let host = "Host: a\r\n"
    let target = "/" + String(repeating: "t", count: 19)
    XCTAssertNil(fault(of: "GET \(target) HTTP/1.1\r\n\(host)\r\n", limits: limits))
    XCTAssertEqual(
      fault(of: "GET \(target)t HTTP/1.1\r\n\(host)\r\n", limits: limits), .targetTooLong)

    let start = "GET / HTTP/1.1\r\n" + host
    let line = "X: " + String(repeating: "x", count: 55) + "\r\n"
    XCTAssertNil(fault(of: start + line + "\r\n", limits: limits))
    XCTAssertEqual(fault(of: start + "X" + line + "\r\n", limits: limits), .fieldTooLong)
    XCTAssertNil(fault(of: start + line + line + "\r\n", limits: limits))
    XCTAssertEqual(
      fault(of: start + "A: b\r\nA: b\r\nA: b\r\n\r\n", limits: limits), .tooManyFields)
    let rest = 200 - start.utf8.count - 2 * line.utf8.count - 2
    let last = limits.headBytes - rest
    XCTAssertGreaterThan(last, 0)
    let exact = HeadLimits(headBytes: last, targetBytes: 20, fieldBytes: 60, fieldCount: 3)
    XCTAssertNil(fault(of: start + line + line + "\r\n", limits: exact))
    let tight = HeadLimits(headBytes: last - 1, targetBytes: 20, fieldBytes: 60, fieldCount: 3)
    XCTAssertEqual(fault(of: start + line + line + "\r\n", limits: tight), .headTooLong)
  }

  private func field(_ line: String, _ fault: MessageFault) -> Case {
    ("GET / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n", fault)
  }

  private func refuse(_ cases: [Case]) {
    for (request, expected) in cases {
      XCTAssertEqual(fault(of: request), expected, request.debugDescription)
    }
  }
}
