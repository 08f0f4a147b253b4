import JSON
import XCTest

/// Every limit has a text that just fits and one that crosses it.
final class JSONLimitsTests: XCTestCase {
  func testDepth() throws {
    for (opening, closing) in [("[", "]"), ("{\"a\":", "}")] {
      let fits = nested(opening, closing, levels: 32)
      XCTAssertNoThrow(try JSONValue(parsing: fits))
      let crosses = nested(opening, closing, levels: 33)
      XCTAssertThrowsError(try JSONValue(parsing: crosses)) { error in
        XCTAssertEqual((error as? JSONError)?.reason, .tooDeep)
      }
    }
  }

  func testDepthIsCappedWhateverIsAskedFor() {
    let bytes = nested("[", "]", levels: 100_000)
    XCTAssertThrowsError(
      try JSONValue(parsing: bytes, limits: JSONLimits(depth: .max, members: .max))
    ) { error in
      XCTAssertEqual(error as? JSONError, JSONError(.tooDeep, at: JSONLimits.deepest))
    }
  }

  func testBytes() {
    let limits = JSONLimits(bytes: 4)
    XCTAssertNoThrow(try JSONValue(parsing: Array("true".utf8), limits: limits))
    XCTAssertThrowsError(try JSONValue(parsing: Array("false".utf8), limits: limits)) { error in
      XCTAssertEqual(error as? JSONError, JSONError(.tooLarge, at: 4))
    }
  }

  func testMembersAreCountedOverTheWholeText() {
    let limits = JSONLimits(members: 4)
    XCTAssertNoThrow(try JSONValue(parsing: Array("[1,{\"a\":[2]}]".utf8), limits: limits))
    for text in ["[1,{\"a\":[2,3]}]", "[1,2,3,4,5]", "{\"a\":{\"b\":[1,2,3]}}"] {
      XCTAssertThrowsError(try JSONValue(parsing: Array(text.utf8), limits: limits), text) {
        XCTAssertEqual(($0 as? JSONError)?.reason, .tooManyMembers)
      }
    }
  }

  func testManyNamesAreStillComparedWithEachOther() throws {
    let names = (0..<2000).map { "\"n\($0)\":\($0)" }
    let unique = Array("{\(names.joined(separator: ","))}".utf8)
    XCTAssertEqual(try JSONValue(parsing: unique).object?.count, 2000)
    XCTAssertEqual(try JSONMembers(scanning: unique).integer("n1999"), 1999)
    let repeated = Array("{\(names.joined(separator: ",")),\"n0\":1}".utf8)
    XCTAssertThrowsError(try JSONValue(parsing: repeated)) { error in
      XCTAssertEqual((error as? JSONError)?.reason, .duplicateName)
    }
    XCTAssertThrowsError(try JSONMembers(scanning: repeated)) { error in
      XCTAssertEqual((error as? JSONError)?.reason, .duplicateName)
    }
  }

  private func nested(_ opening: String, _ closing: String, levels: Int) -> [UInt8] {
    let inner = opening == "[" ? "" : "1"
    return Array(
      (String(repeating: opening, count: levels) + inner
        + String(repeating: closing, count: levels)).utf8)
  }
}
