import HTTP
import XCTest

/// What a request head says is read whole.
final class RequestHeadTests: XCTestCase {
  func testPartsAreRead() throws {
    let request =
      "POST /a?b=c&d HTTP/1.1\r\nHost: example.org:8080\r\nX-A:  b c \t\r\nX-B:\r\n\r\nrest"
    let bytes = latin1(request)
    var parser = RequestHeadParser()
    XCTAssertTrue(try parser.parse(bytes.span))
    let head = parser.head
    XCTAssertEqual(head.knownMethod, .post)
    XCTAssertEqual(head.target.path(in: bytes.span), "/a")
    XCTAssertEqual(head.target.query?.text(in: bytes.span), "b=c&d")
    XCTAssertEqual(head.host?.name.text(in: bytes.span), "example.org")
    XCTAssertEqual(head.host?.port, 8080)
    XCTAssertEqual(head.length, bytes.count - 4)
    let fields = head.fields.fields(in: bytes.span)
    XCTAssertEqual(fields.all.map(\.name.rawValue), ["host", "x-a", "x-b"])
    XCTAssertEqual(fields.all.map(\.value.text), ["example.org:8080", "b c", ""])
  }

  func testFramingIsByTheFields() {
    let cases: [(fields: String, framing: BodyFraming)] = [
      ("", .empty),
      ("Content-Length: 0", .length(0)),
      ("content-length:\t12 ", .length(12)),
      ("Content-Length: 9223372036854775807", .length(.max)),
      ("Transfer-Encoding: chunked", .chunked),
      ("transfer-ENCODING: CHUNKED", .chunked),
    ]
    for (fields, framing) in cases {
      XCTAssertEqual(head(with: fields)?.framing, framing, fields)
    }
  }

  func testConnectionLivesByVersionAndOption() {
    let cases: [(version: String, option: String, lives: Bool)] = [
      ("1.1", "", true),
      ("1.1", "Connection: close", false),
      ("1.1", "Connection: x, Close", false),
      ("1.1", "Connection: x\r\nConnection: ,close,", false),
      ("1.1", "Connection: keep-alive", true),
      ("1.0", "", false),
      ("1.0", "Connection: Keep-Alive", true),
      ("1.0", "Connection: keep-alive, close", false),
    ]
    for (version, option, lives) in cases {
      XCTAssertEqual(head(with: option, version: version)?.isPersistent, lives, option)
    }
    XCTAssertEqual(head(with: "Connection: X-A, close")?.connection.namesFields, true)
    XCTAssertEqual(head(with: "Connection: close")?.connection.namesFields, false)
    XCTAssertEqual(head(with: "Connection: Upgrade\r\nUpgrade: h2c")?.connection.upgrade, true)
  }

  func testClientWaitsForContinueOnlyWithContent() {
    XCTAssertEqual(head(with: "Expect: 100-Continue\r\nContent-Length: 2")?.expectsContinue, true)
    XCTAssertEqual(
      head(with: "Expect: 100-continue\r\nTransfer-Encoding: chunked")?.expectsContinue, true)
    XCTAssertEqual(head(with: "Expect: 100-continue")?.expectsContinue, false)
    XCTAssertEqual(head(with: "Expect: 100-continue\r\nContent-Length: 0")?.expectsContinue, false)
    XCTAssertEqual(
      head(with: "Expect: 100-continue\r\nContent-Length: 2", version: "1.0")?.expectsContinue,
      false)
  }

  func testEveryKnownFieldIsRecognisedInAnyCase() throws {
    for known in KnownField.allCases where known != .other && known != .host {
      for name in [known.name, known.name.uppercased()] {
        let bytes = Array("\(name): a".utf8) + Array("\r\n\r\n".utf8)
        var parser = ResponseHeadParser()
        let message = Array("HTTP/1.1 204 \r\n".utf8) + bytes
        // Fields that decide the framing refuse the value; the table has them all the same.
        if known == .contentLength || known == .transferEncoding {
          XCTAssertThrowsError(try parser.parse(message.span, answersHead: false))
        } else {
          XCTAssertTrue(try parser.parse(message.span, answersHead: false))
        }
        XCTAssertTrue(parser.head.fields.has(known), name)
        XCTAssertFalse(parser.head.fields.isRepeated(known), name)
      }
      let near = known.name.dropLast() + "~"
      XCTAssertEqual(head(with: "\(near): a")?.fields.slots.last?.known, .other, "\(near)")
    }
  }

  func testEveryByteOfAValueIsJudgedWhereverItStands() {
    for byte in UInt8.min...UInt8.max {
      let isTaken = byte == 0x09 || byte >= 0x20 && byte != 0x7f
      for position in 0..<20 {
        var value = Array(repeating: UInt8(ascii: "v"), count: 20)
        value[position] = byte
        let bytes =
          latin1("GET / HTTP/1.1\r\nHost: a\r\nX: [") + value + latin1("]\r\n\r\n")
        switch parse(bytes) {
        case .head: XCTAssertTrue(isTaken, "\(byte) at \(position)")
        case .fault: XCTAssertFalse(isTaken, "\(byte) at \(position)")
        case .incomplete: XCTFail("\(byte) at \(position)")
        }
      }
    }
  }

  func testTargetFormsThatAreTaken() {
    let cases: [(line: String, path: String, query: String?)] = [
      ("GET http://A:80/b?c", "/b", "c"),
      ("GET HTTPS://a:80", "/", nil),
      ("GET http://a:80?c", "/", "c"),
      ("OPTIONS *", "*", nil),
      ("GET /?", "/", ""),
      ("GET /a?b?c/../d", "/a", "b?c/../d"),
      ("GET /?a=%zz|\"", "/", "a=%zz|\""),
    ]
    for (line, path, query) in cases {
      guard
        case .head(let head) = parse(latin1("\r\n\(line) HTTP/1.1\r\nHost: a:80\r\n\r\n"))
      else {
        XCTFail("refused: \(line)")
        continue
      }
      XCTAssertEqual(head.path, path, line)
      XCTAssertEqual(head.query, query, line)
    }
  }

  func testHostsThatAreTaken() {
    for host in [
      "a", "A.b-c_d.", "a:0", "a:65535", "127.0.0.1:80", "[::1]", "[2001:db8::1.2.3.4]:1",
      "a.", "a.b.:80",
    ] {
      XCTAssertNil(fault(of: "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n"), host)
    }
    XCTAssertNil(fault(of: "GET / HTTP/1.0\r\n\r\n"))
  }

  private func head(with fields: String, version: String = "1.1") -> RequestHead? {
    let lines = fields.isEmpty ? "" : fields + "\r\n"
    let bytes = latin1("GET / HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n")
    var parser = RequestHeadParser()
    do {
      return try parser.parse(bytes.span) ? parser.head : nil
    } catch {
      XCTFail("\(error): \(fields)")
      return nil
    }
  }
}
