import HTTP
import XCTest

/// Form content is decoded strictly, repeats are told, and no value means no parameter.
final class FormParametersTests: XCTestCase {
  func testWhatIsNotWholeIsRefused() {
    let cases: [(form: String, fault: FormFault)] = [
      ("a=%", .invalidPercentEncoding), ("a=%4", .invalidPercentEncoding),
      ("a=%zz", .invalidPercentEncoding), ("%=a", .invalidPercentEncoding),
      ("a=%4&b=1", .invalidPercentEncoding), ("a=%ff", .notUTF8), ("a=%c3", .notUTF8),
      ("a=%c0%80", .notUTF8), ("a=%ed%a0%80", .notUTF8), ("%ff=a", .notUTF8),
      ("a=\u{ff}", .notUTF8), ("a=%00", .controlCharacter), ("a=\u{0}", .controlCharacter),
      ("a=b\r\n", .controlCharacter), ("a=b\u{7f}", .controlCharacter),
    ]
    for (form, expected) in cases {
      XCTAssertThrowsError(try FormParameters(parsing: latin1(form)), form) {
        XCTAssertEqual($0 as? FormFault, expected, form)
      }
    }
  }

  func testNamesAndValuesAreDecoded() throws {
    let form = try FormParameters(
      parsing: Array("a=1&b+c=d+e&f=%C3%A9%2b%26&g=h=i&&j=é&k=%0a".utf8))
    XCTAssertEqual(form.all.map(\.name), ["a", "b c", "f", "g", "j", "k"])
    XCTAssertEqual(form.all.map(\.value), ["1", "d e", "é+&", "h=i", "é", "\n"])
    XCTAssertTrue(form.repeated.isEmpty)
  }

  func testParameterWithoutValueIsAbsent() throws {
    let form = try FormParameters(parsing: Array("a=&b&c=1&=x&a=2".utf8))
    XCTAssertEqual(form.all.map(\.name), ["c", "", "a"])
    XCTAssertNil(form["b"])
    XCTAssertTrue(form.repeated.isEmpty)
  }

  func testRepeatsAreKeptAndTold() throws {
    let form = try FormParameters(parsing: Array("a=1&b=2&a=3&c=4&a=5&b=6".utf8))
    XCTAssertEqual(form["a"], "1")
    XCTAssertEqual(form.all("a"), ["1", "3", "5"])
    XCTAssertEqual(form.repeated, ["a", "b"])
  }

  func testLimitsAreHeld() throws {
    let limits = FormLimits(bytes: 7, count: 2)
    XCTAssertNoThrow(try FormParameters(parsing: Array("a=1&b=2".utf8), limits: limits))
    XCTAssertThrowsError(try FormParameters(parsing: Array("a=1&b=22".utf8), limits: limits)) {
      XCTAssertEqual($0 as? FormFault, .tooLong)
    }
    let wide = FormLimits(bytes: 100, count: 2)
    XCTAssertThrowsError(try FormParameters(parsing: Array("a=1&b=2&c=3".utf8), limits: wide)) {
      XCTAssertEqual($0 as? FormFault, .tooMany)
    }
  }

  func testWhatIsEncodedIsDecodedToTheSameText() throws {
    let text = "a b+c&d=e%f~é\u{1F511}\"'"
    let form = try FormParameters(parsing: Array("x=\(FormText.encode(text))".utf8))
    XCTAssertEqual(form["x"], text)
  }
}
