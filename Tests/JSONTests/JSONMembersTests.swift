import JSON
import XCTest

/// The scanner of claims finds what the parser finds and refuses what the parser refuses.
final class JSONMembersTests: XCTestCase {
  func testRefusedTexts() {
    let cases: [(text: String, reason: JSONError.Reason)] = [
      ("[]", .notAnObject), ("\"a\"", .notAnObject), ("", .unexpectedEnd), ("{", .unexpectedEnd),
      ("{}{}", .trailingBytes), ("{\"a\":1,}", .unexpectedByte), ("{\"a\":[1,]}", .unexpectedByte),
      ("{\"a\":1,\"b\":2,\"a\":3}", .duplicateName), ("{\"a\":{\"b\":01}}", .invalidNumber),
      ("{\"\\u0061\":1,\"a\":3}", .duplicateName), ("{\"a\":1,\"\\u0061\":3}", .duplicateName),
      ("{\"a\":\"\\uD800\"}", .loneSurrogate), ("{\"a\":tru}", .invalidLiteral),
    ]
    for (text, reason) in cases {
      XCTAssertThrowsError(try JSONMembers(scanning: Array(text.utf8)), text) { error in
        XCTAssertEqual((error as? JSONError)?.reason, reason, text)
      }
    }
  }

  func testMembersAreReadWithoutBuildingTheRest() throws {
    let text =
      #"{ "iss" : "https://a" , "exp":1700000000,"aud":["a","b"], "\u006a\u0074\u0069":"é\n","n":-1.5}"#
    let members = try JSONMembers(scanning: Array(text.utf8))
    XCTAssertEqual(members.count, 5)
    XCTAssertEqual(members.string("iss"), "https://a")
    XCTAssertEqual(members.string("jti"), "é\n")
    XCTAssertEqual(members.integer("exp"), 1_700_000_000)
    XCTAssertEqual(try members.value("aud"), ["a", "b"])
    XCTAssertEqual(try members.value("n"), .number(-1.5))
  }

  func testAnotherKindOrAnAbsentNameIsNil() throws {
    let members = try JSONMembers(
      scanning: Array(#"{"s":"1","n":1.5,"e":1e3,"big":9223372036854775808}"#.utf8))
    XCTAssertNil(members.string("n"))
    XCTAssertNil(members.string("none"))
    XCTAssertNil(try members.value("none"))
    for name in ["s", "n", "e", "big", "none"] { XCTAssertNil(members.integer(name), name) }
  }

  func testANestedDuplicateIsRefusedWhenItsValueIsParsed() throws {
    let members = try JSONMembers(scanning: Array(#"{"cnf":{"a":1,"a":2}}"#.utf8))
    XCTAssertThrowsError(try members.value("cnf")) { error in
      XCTAssertEqual(error as? JSONError, JSONError(.duplicateName, at: 15))
    }
  }
}
