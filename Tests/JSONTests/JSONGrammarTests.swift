import JSON
import XCTest

/// The grammar of RFC 8259, case by case, refused ones first; modelled on JSONTestSuite's classes.
final class JSONGrammarTests: XCTestCase {
  func testRefusedTextsNameTheReasonAndTheByte() {
    let cases: [(text: String, reason: JSONError.Reason, offset: Int)] = [
      ("", .unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("\u{FEFF}1", .unexpectedByte, 0),
      ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
      ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1,,2]", .unexpectedByte, 3),
      ("[1 2]", .unexpectedByte, 3), ("[1]]", .trailingBytes, 3), ("1 2", .trailingBytes, 2),
      ("[1}", .unexpectedByte, 2), ("{]", .unexpectedByte, 1), ("]", .unexpectedByte, 0),
      ("{", .unexpectedEnd, 1), ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5),
      ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,}", .unexpectedByte, 7),
      ("{\"a\" 1}", .unexpectedByte, 5), ("{a:1}", .unexpectedByte, 1),
      ("{'a':1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1),
      ("{\"a\":1 \"b\":2}", .unexpectedByte, 7), ("{\"a\":1}x", .trailingBytes, 7),
      ("{\"a\":1,\"a\":2}", .duplicateName, 8), ("{\"a\":1,\"\\u0061\":2}", .duplicateName, 8),
      ("{\"\":1,\"\":2}", .duplicateName, 7),
      ("tru", .unexpectedEnd, 3), ("truE", .invalidLiteral, 3), ("True", .unexpectedByte, 0),
      ("nul", .unexpectedEnd, 3), ("nulll", .trailingBytes, 4), ("NaN", .unexpectedByte, 0),
      ("Infinity", .unexpectedByte, 0), ("-Infinity", .invalidNumber, 1),
      ("// c\n1", .unexpectedByte, 0), ("1/*c*/", .trailingBytes, 1),
      ("\u{B}1", .unexpectedByte, 0),
      ("\u{A0}1", .unexpectedByte, 0),
    ]
    for (text, reason, offset) in cases { assertRefused(text, reason, at: offset) }
  }

  func testRefusedNumbers() {
    let cases: [(text: String, reason: JSONError.Reason, offset: Int)] = [
      ("-", .unexpectedEnd, 1), ("+1", .unexpectedByte, 0), ("01", .invalidNumber, 1),
      ("-01", .invalidNumber, 2), ("00", .invalidNumber, 1), ("1.", .unexpectedEnd, 2),
      (".5", .unexpectedByte, 0), ("1.e1", .invalidNumber, 2), ("1e", .unexpectedEnd, 2),
      ("1e+", .unexpectedEnd, 3), ("1ex", .invalidNumber, 2), ("0x1", .trailingBytes, 1),
      ("1.2.3", .trailingBytes, 3), ("-a", .invalidNumber, 1), ("1e999", .numberOutOfRange, 0),
      ("[-1e400]", .numberOutOfRange, 1), ("\u{FF11}", .unexpectedByte, 0),
    ]
    for (text, reason, offset) in cases { assertRefused(text, reason, at: offset) }
    assertRefused(String(repeating: "9", count: 400), .numberOutOfRange, at: 0)
  }

  func testRefusedStrings() {
    let cases: [(text: String, reason: JSONError.Reason, offset: Int)] = [
      ("\"", .unexpectedEnd, 1), ("\"a", .unexpectedEnd, 2), ("\"\\", .unexpectedEnd, 2),
      ("\"\\\"", .unexpectedEnd, 3), ("\"\n\"", .controlCharacter, 1),
      ("\"\u{0}\"", .controlCharacter, 1), ("\"\\x41\"", .invalidEscape, 1),
      ("\"\\a\"", .invalidEscape, 1), ("\"\\'\"", .invalidEscape, 1),
      ("\"\\u12\"", .unexpectedEnd, 6), ("\"\\u00G0\"", .invalidEscape, 1),
      ("\"\\U0041\"", .invalidEscape, 1), ("\"\\u+123\"", .invalidEscape, 1),
      ("\"\\uD800\"", .loneSurrogate, 1), ("\"\\uDC00\"", .loneSurrogate, 1),
      ("\"\\uD800\\uD800\"", .loneSurrogate, 1), ("\"\\uD800x\"", .loneSurrogate, 1),
      ("\"\\uD800\\n\"", .loneSurrogate, 1), ("\"\\uDC00\\uD800\"", .loneSurrogate, 1),
      ("'a'", .unexpectedByte, 0), ("a", .unexpectedByte, 0),
    ]
    for (text, reason, offset) in cases { assertRefused(text, reason, at: offset) }
  }

  func testBytesThatAreNotUTF8AreRefused() {
    let sequences: [[UInt8]] = [
      [0xFF], [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ]
    for sequence in sequences {
      XCTAssertThrowsError(try JSONValue(parsing: [0x22, 0x61] + sequence + [0x22])) { error in
        XCTAssertEqual(error as? JSONError, JSONError(.invalidUTF8, at: 2))
      }
    }
  }

  func testAcceptedTexts() throws {
    let cases: [(text: String, value: JSONValue)] = [
      ("null", .null), (" true ", true), ("\t\r\nfalse", false), ("0", 0), ("-0", 0), ("-1", -1),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)),
      ("1e2", .number(100)), ("1E+2", .number(100)), ("-1.5e-1", .number(-0.15)),
      ("1e-999", .number(0)), ("[]", []), ("[ ]", []), ("{}", [:]), ("{ }", [:]),
      ("[1,[2],{\"a\":null}]", [1, [2], ["a": .null]]), ("\"\"", ""), ("\"\u{7F}\"", "\u{7F}"),
      ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"), ("\"\\u0041\\u00e9\"", "Aé"),
      ("\"\\uD83D\\uDE00😀\"", "😀😀"), ("\"\\u0000\"", "\u{0}"), ("\"\u{2028}\"", "\u{2028}"),
      ("\"\\uFFFF\"", "\u{FFFF}"), ("{\"\":1}", ["": 1]),
      ("{\"K\":1,\"\u{212A}\":2}", ["K": 1, "\u{212A}": 2]),
    ]
    for (text, value) in cases {
      XCTAssertEqual(try JSONValue(parsing: Array(text.utf8)), value, text)
    }
  }

  func testNamesAreFoundByTheirBytes() throws {
    let object = try JSONValue(parsing: Array("{\"\u{212A}\":1,\"a\":2}".utf8)).object
    XCTAssertNil(object?["K"])
    XCTAssertEqual(object?["a"], 2)
    XCTAssertNotEqual(JSONValue.string("\u{212A}"), "K")
  }

  private func assertRefused(_ text: String, _ reason: JSONError.Reason, at offset: Int) {
    XCTAssertThrowsError(try JSONValue(parsing: Array(text.utf8)), text) { error in
      XCTAssertEqual(error as? JSONError, JSONError(reason, at: offset), text)
    }
  }
}
