import HTTP
import XCTest

/// The path that is decided on is the path that is forwarded.
final class CanonicalPathTests: XCTestCase {
  func testPathsComeIntoOneForm() {
    let cases: [(raw: String, canonical: String)] = [
      ("/", "/"), ("/a", "/a"), ("/a/", "/a/"), ("/a/b.c", "/a/b.c"),
      ("/.well-known/x", "/.well-known/x"),
      ("/a/./b", "/a/b"), ("/a/../b", "/b"), ("/a/b/..", "/a/"), ("/a/b/.", "/a/b/"), ("/.", "/"),
      ("/./", "/"), ("/a/..", "/"), ("/a/../", "/"), ("/a/b/../../c", "/c"),
      ("//", "/"), ("//a", "/a"), ("/a//b", "/a/b"), ("/a///", "/a/"), ("//a//..//b", "/b"),
      ("/%61", "/a"), ("/%7Euser", "/~user"), ("/%7e", "/~"), ("/%2D%2e%5F", "/-._"),
      ("/%2e", "/"), ("/a/%2e%2e/b", "/b"), ("/a/.%2E/b", "/b"), ("/a/%2e/b", "/a/b"),
      ("/a%20b", "/a%20b"), ("/a%c3%a9", "/a%C3%A9"), ("/a%3fb", "/a%3Fb"), ("/a%23", "/a%23"),
      ("/a%25", "/a%25"), ("/100%25/x", "/100%25/x"), ("/%2541", "/%2541"), ("/a%3bb", "/a%3Bb"),
      ("/...", "/..."), ("/..a", "/..a"), ("/a..", "/a.."), ("/.a", "/.a"), ("/a;b=c", "/a;b=c"),
      ("/a|b", "/a%7Cb"), ("/[a]", "/%5Ba%5D"), ("/{a}", "/%7Ba%7D"),
      ("/\"<>^`", "/%22%3C%3E%5E%60"),
      ("/a:@!$&'()*+,;=", "/a:@!$&'()*+,;="), ("/...;a", "/...;a"),
    ]
    for (raw, canonical) in cases {
      guard case .head(let head) = parse(latin1("GET \(raw)?q HTTP/1.1\r\nHost: a\r\n\r\n")) else {
        XCTFail("refused: \(raw)")
        continue
      }
      XCTAssertEqual(head.path, canonical, raw)
      XCTAssertEqual(head.query, "q")
    }
  }

  func testCanonicalFormIsItsOwnCanonicalForm() {
    for raw in ["/a/./b//c", "/%61%2e/%c3", "/a|b", "/%2541/x", "/a/b/../c;d"] {
      guard case .head(let once) = parse(latin1("GET \(raw) HTTP/1.1\r\nHost: a\r\n\r\n")),
        case .head(let twice) = parse(latin1("GET \(once.path) HTTP/1.1\r\nHost: a\r\n\r\n"))
      else {
        XCTFail("refused: \(raw)")
        continue
      }
      XCTAssertEqual(once.path, twice.path, raw)
    }
  }

  func testPathsThatServersDisagreeAboutAreRefused() {
    let cases: [(raw: String, fault: MessageFault)] = [
      ("/..", .pathAboveRoot), ("/../a", .pathAboveRoot), ("/a/../..", .pathAboveRoot),
      ("/%2e%2e/a", .pathAboveRoot), ("/.%2e", .pathAboveRoot), ("//../a", .pathAboveRoot),
      ("/a%2fb", .encodedSeparator), ("/a%2Fb", .encodedSeparator), ("/%5c", .encodedSeparator),
      ("/a\\b", .encodedSeparator), ("/..\\a", .encodedSeparator), ("/a%00", .encodedSeparator),
      ("/a%0d%0aX:y", .encodedSeparator), ("/%7f", .encodedSeparator), ("/%1F", .encodedSeparator),
      ("/%", .invalidPercentEncoding), ("/%2", .invalidPercentEncoding),
      ("/%zz", .invalidPercentEncoding), ("/%2/", .invalidPercentEncoding),
      ("/%+1", .invalidPercentEncoding), ("/a%?b", .invalidPercentEncoding),
      ("/%252e%252e/a", .doubleEncoding), ("/%252F", .doubleEncoding), ("/%255c", .doubleEncoding),
      ("/%2525", .doubleEncoding), ("/%2500", .doubleEncoding), ("/%250a", .doubleEncoding),
      ("/..;/a", .dotSegmentWithParameters), ("/a/..;x/b", .dotSegmentWithParameters),
      ("/.;x", .dotSegmentWithParameters), ("/..%3bx/a", .dotSegmentWithParameters),
      ("/%2e%2e;/a", .dotSegmentWithParameters),
    ]
    for (raw, expected) in cases {
      XCTAssertEqual(fault(of: "GET \(raw) HTTP/1.1\r\nHost: a\r\n\r\n"), expected, raw)
      XCTAssertEqual(expected.status, .badRequest)
    }
  }
}
