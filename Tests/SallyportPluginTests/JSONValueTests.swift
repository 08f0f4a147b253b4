import SallyportPlugin
import XCTest

/// The SDK's own JSON, for plugins that link nothing else.
final class JSONValueTests: XCTestCase {
  func testWhatIsNotJSONIsRefused() {
    let texts = [
      "", " ", "nul", "tru", "{", "[", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
      "{\"a\":1 \"b\":2}", "{a:1}", "{\"a\":1,\"a\":2}", "01", "-", "1.", ".5", "1e", "1e+", "+1",
      "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
      "\"\\udc00\"", "\"\u{01}\"", "1 2", "{} x", "'a'", "NaN", "//",
      String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    ]
    for text in texts { XCTAssertNil(JSONValue(parsing: text), text) }
  }

  func testValuesComeOutAsTheyWereWritten() throws {
    let text = """
       {"a" : [1, -2.5e1, true, false, null, "x"], "b":{"c":"\\u00e9\\ud83d\\ude00\\n\\/\\"\\\\"},
       "d":[], "e":{}, "f":9223372036854775808, "g":0}
      """
    let object = try XCTUnwrap(JSONValue(parsing: text)?.object)
    XCTAssertEqual(
      object["a"],
      .array([.integer(1), .number(-25), .bool(true), .bool(false), .null, .string("x")]))
    XCTAssertEqual(object["b"]?.object?["c"]?.string, "é😀\n/\"\\")
    XCTAssertEqual(object["d"]?.array, [])
    XCTAssertEqual(object["e"]?.object?.isEmpty, true)
    XCTAssertEqual(object["f"], .number(9_223_372_036_854_775_808))
    XCTAssertEqual(object["g"]?.integer, 0)
    XCTAssertNil(object["g"]?.string)
    XCTAssertNil(object["a"]?.bool)
    XCTAssertNil(object["h"])
  }

  func testWhatIsWrittenIsReadBack() throws {
    var members: JSONMembers = [
      "text": .string("a\"b\\c\n\u{1}é"), "list": .array([.null, .bool(true), .number(1.5)]),
      "gone": .integer(1),
    ]
    members["gone"] = nil
    members["text2"] = .string("")
    members["absent"] = nil
    XCTAssertEqual(JSONValue(parsing: members.text), .object(members))
    XCTAssertEqual(JSONValue.number(.infinity).text, "null")
    XCTAssertEqual(
      members.text, #"{"text":"a\"b\\c\u000a\u0001é","list":[null,true,1.5],"text2":""}"#)
  }
}
