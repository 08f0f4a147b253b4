import JSON
import XCTest

/// JSON5 as people write configuration in it: what is taken, what is refused, and where it stands.
final class JSON5Tests: XCTestCase {
  func testRefusedTextsNameTheReasonAndThePlace() {
    let cases: [(text: String, reason: JSON5Error.Reason, line: Int, column: Int)] = [
      ("", .unexpectedEnd, 1, 1), ("// only\n", .unexpectedEnd, 2, 1), ("{", .unexpectedEnd, 1, 2),
      ("[1", .unexpectedEnd, 1, 3), ("{a:1 b:2}", .expectedCommaOrBrace, 1, 6),
      ("[1 2]", .expectedCommaOrBracket, 1, 4), ("[,1]", .unexpectedCharacter, 1, 2),
      ("[1,,2]", .unexpectedCharacter, 1, 4), ("{,}", .expectedName, 1, 2),
      ("{a 1}", .expectedColon, 1, 4), ("{1a:1}", .expectedName, 1, 2),
      ("{a:}", .unexpectedCharacter, 1, 4), ("{} x", .trailingText, 1, 4),
      ("{a: yes}", .unknownWord, 1, 5), ("{\n  a: 10m}", .invalidNumber, 2, 6),
      ("/* open", .unterminatedComment, 1, 1), ("1 /* open", .unterminatedComment, 1, 3),
      ("'a\nb'", .unterminatedString, 1, 1), ("['a", .unterminatedString, 1, 2),
      ("'\\x4'", .invalidEscape, 1, 2), ("'\\u00g0'", .invalidEscape, 1, 2),
      ("'\\1'", .invalidEscape, 1, 2), ("'\\01'", .invalidEscape, 1, 2),
      ("'\\ud800'", .loneSurrogate, 1, 2), ("'\\udc00'", .loneSurrogate, 1, 2),
      ("01", .invalidNumber, 1, 1), (".", .invalidNumber, 1, 1), ("1e", .invalidNumber, 1, 1),
      ("0x", .invalidNumber, 1, 1), ("0xg", .invalidNumber, 1, 1), ("+-1", .invalidNumber, 1, 1),
      ("1_000", .invalidNumber, 1, 1), ("1.2.3", .invalidNumber, 1, 1),
      ("0x10000000000000000", .numberOutOfRange, 1, 1), ("1e999", .numberOutOfRange, 1, 1),
      ("Infinity", .notFinite, 1, 1), ("-Infinity", .notFinite, 1, 1), ("NaN", .notFinite, 1, 1),
      ("\n\n  §", .unexpectedCharacter, 3, 3), ("/x", .unexpectedCharacter, 1, 1),
      ("{\"é😀\": ?}", .unexpectedCharacter, 1, 8), ("[\r\n\r\n ?]", .unexpectedCharacter, 3, 2),
      ("[\r\r ?]", .unexpectedCharacter, 3, 2), ("\t?", .unexpectedCharacter, 1, 2),
    ]
    for (text, reason, line, column) in cases {
      let expected = JSON5Error(reason, at: SourcePosition(line: line, column: column))
      XCTAssertThrowsError(try JSON5Document(parsing: Array(text.utf8)), text) { error in
        XCTAssertEqual(error as? JSON5Error, expected, text)
      }
    }
  }

  func testBytesThatAreNotUTF8AreRefusedWhereTheyStand() {
    let bytes = Array("{\n é: '".utf8) + [0xFF] + Array("'}".utf8)
    XCTAssertThrowsError(try JSON5Document(parsing: bytes)) { error in
      XCTAssertEqual(
        error as? JSON5Error, JSON5Error(.notUTF8, at: SourcePosition(line: 2, column: 6)))
    }
  }

  func testLimits() {
    let deep = Array((String(repeating: "[", count: 33) + String(repeating: "]", count: 33)).utf8)
    XCTAssertThrowsError(try JSON5Document(parsing: deep)) { error in
      XCTAssertEqual((error as? JSON5Error)?.reason, .tooDeep)
    }
    let many = Array("[1,2,3]".utf8)
    XCTAssertThrowsError(try JSON5Document(parsing: many, limits: JSONLimits(members: 2))) {
      XCTAssertEqual(
        $0 as? JSON5Error, JSON5Error(.tooManyMembers, at: SourcePosition(line: 1, column: 6)))
    }
    XCTAssertThrowsError(try JSON5Document(parsing: many, limits: JSONLimits(bytes: 6))) {
      XCTAssertEqual(($0 as? JSON5Error)?.reason, .tooLarge)
    }
  }

  func testAcceptedTexts() throws {
    let cases: [(text: String, value: JSONValue)] = [
      ("\u{FEFF}null", .null), ("// c\n/* d\n*/true/**/", true), ("[1,]", [1]), ("[]", []),
      ("{a:1,}", ["a": 1]), ("{$a_1:1,\"b c\":2,'d':3}", ["$a_1": 1, "b c": 2, "d": 3]),
      ("{ünï:1,\\u0061b:2}", ["ünï": 1, "ab": 2]), ("{null:1,true:2}", ["null": 1, "true": 2]),
      ("'it\\'s \"ok\"'", "it's \"ok\""), ("\"a\\\nb\\\r\nc\"", "abc"),
      ("'\\x41\\v\\0\\z\\/'", "A\u{B}\0z/"),
      ("'\\ud83d\\ude00'", "😀"), ("'\u{2028}'", "\u{2028}"),
      ("0x1F", 31), ("-0xff", -255), ("+1", 1), (".5", .number(0.5)), ("5.", .number(5)),
      ("-.5e1", .number(-5)), ("1E+2", .number(100)), ("0", 0), ("-0", 0), ("0.5", .number(0.5)),
      ("\u{A0}\u{3000}\u{B}1", 1), ("9223372036854775807", .integer(.max)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ]
    for (text, value) in cases {
      XCTAssertEqual(try JSON5Document(parsing: Array(text.utf8)).root.json, value, text)
    }
  }

  func testEveryJSONTextIsAJSON5TextOfTheSameValue() throws {
    var random = SplitMix(state: 5)
    for _ in 0..<1000 {
      let value = random.value(depth: 0)
      XCTAssertEqual(try JSON5Document(parsing: value.serialized()).root.json, value)
    }
  }

  func testKeysAndValuesKeepTheirPlaces() throws {
    let text = "{ // comment\n  first: 1,\n  /* é😀 */ 'second': [\n    true,\n  ],\n}"
    let root = try JSON5Document(parsing: Array(text.utf8)).root
    guard case .object(let members) = root.value, members.count == 2,
      case .array(let elements) = members[1].node.value
    else { return XCTFail("not the tree that was written") }
    XCTAssertEqual(root.position, SourcePosition(line: 1, column: 1))
    XCTAssertEqual(members[0].position, SourcePosition(line: 2, column: 3))
    XCTAssertEqual(members[0].node.position, SourcePosition(line: 2, column: 10))
    XCTAssertEqual(members[1].position, SourcePosition(line: 3, column: 12))
    XCTAssertEqual(members[1].node.position, SourcePosition(line: 3, column: 22))
    XCTAssertEqual(elements[0].position, SourcePosition(line: 4, column: 5))
  }

  func testEveryRepeatedKeyIsReportedAtItsPlace() throws {
    let document = try JSON5Document(parsing: Array("{a:1,\n 'a':2, b:{c:1,\"\\u0063\":2}}".utf8))
    XCTAssertEqual(
      document.duplicates,
      [
        JSON5Error(.duplicateName, at: SourcePosition(line: 2, column: 2)),
        JSON5Error(.duplicateName, at: SourcePosition(line: 2, column: 16)),
      ])
  }

  func testNoMutationOfATextBringsTheParserDown() {
    let seed = Array(
      "{a:[1,-0x2F,.5e3,'\\u00e9\\x41\\ud83d\\ude00é'],/*c*/\"b\":{c:null},}//e".utf8)
    var random = SplitMix(state: 11)
    for _ in 0..<20_000 {
      var bytes = seed
      for _ in 0...random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      _ = try? JSON5Document(parsing: bytes)  // Refusal is the point; a trap would end the test.
    }
  }
}
